#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { nearest } from '../input/nearest'
import { analyzeCommand } from './analyze'
import { exitCodes, usage } from './exitCodes'
import { endQuietlyIfUnwritable, printNote, printText } from './output'
import { readableLine } from './readable'
import { simulateCommand } from './simulate'
import { upgradeCommand } from './upgrade'

/** Runs a command with the words behind its name; returns the exit code. */
type Command = (words: readonly string[]) => number

const commands: Readonly<Record<string, Command>> = {
  simulate: simulateCommand,
  analyze: analyzeCommand,
  upgrade: upgradeCommand,
}

function main([name, ...words]: readonly string[]): number {
  if (name === '--version' || name === '-v' || name === 'version') {
    printText(versionOfPackage())
    return exitCodes.simulated
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    printText(usage)
    return exitCodes.simulated
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command) return command(words)
  const known = Object.keys(commands)
  const meant = nearest(name, known)
  const hint = meant === undefined ? `the commands are ${known.join(', ')}` : `did you mean ${meant}?`
  printNote(`rollout-engine: unknown command "${readableLine(name)}": ${hint}\nsee rollout-engine --help`)
  return exitCodes.usage
}

/** Both src/cli/ and dist/cli/ are two folders below package.json. */
function versionOfPackage(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version
}

endQuietlyIfUnwritable()
process.exitCode = main(process.argv.slice(2))
