#!/usr/bin/env node
import process from 'node:process'
import { analyzeCommand } from './analyze'
import { exitCodes, usage } from './exitCodes'
import { endQuietlyIfUnwritable, printNote, printText } from './output'
import { readableLine } from './readable'
import { simulateCommand } from './simulate'

/** Runs a command with the words behind its name; returns the exit code. */
type Command = (words: readonly string[]) => number

const commands: Readonly<Record<string, Command>> = {
  simulate: simulateCommand,
  analyze: analyzeCommand,
}

function main([name, ...words]: readonly string[]): number {
  if (name === undefined || name === '--help' || name === '-h') {
    printText(usage)
    return exitCodes.simulated
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command) return command(words)
  const known = Object.keys(commands)
  const problem = `unknown command "${name}": ${known.length === 1 ? `the command is ${known[0]}` : `the commands are ${known.join(', ')}`}`
  printNote(`rollout-engine: ${readableLine(problem)}\n\n${usage}`)
  return exitCodes.usage
}

endQuietlyIfUnwritable()
process.exitCode = main(process.argv.slice(2))
