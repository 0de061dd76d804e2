import { nearest } from '../input/nearest'
import type { Command } from './commandLine/command'
import { helpOf, helpOfAll } from './commandLine/help'
import { commands } from './commands'
import { exitCodes } from './exitCodes'
import { printNote, printText } from './output'
import { readableLine } from './readable'
import { versionOfPackage } from './version'

/** Runs the words after `rollout-engine`; returns the exit code, or a promise of it. */
export function runCommandLine(words: readonly string[]): number | Promise<number> {
  const [first] = words
  if (first === '--version' || first === '-v' || first === 'version') return printed(versionOfPackage())
  if (first === undefined || first === '--help' || first === '-h') return printed(helpOfAll(commands))
  if (first === 'help') return helpFor(words.slice(1))
  const command = commandOf(words)
  if (!command) return unknownCommand(words)
  const read = command.read(words.slice(wordsOf(command).length))
  if ('run' in read) return read.run()
  return 'help' in read ? printed(helpOf(command)) : refused(read.problem, command.name)
}

function printed(text: string): number {
  printText(text)
  return exitCodes.done
}

function refused(problem: string, name: string): number {
  printNote(`rollout-engine: ${readableLine(problem)}\nsee rollout-engine ${name === '' ? '' : `${name} `}--help`)
  return exitCodes.usage
}

/** `rollout-engine help simulate`. */
function helpFor(words: readonly string[]): number {
  const command = commandOf(words)
  if (command) return printed(helpOf(command))
  return words.length === 0 ? printed(helpOfAll(commands)) : unknownCommand(words)
}

const wordsOf = ({ name }: Command): readonly string[] => name.split(' ')

/** The one with most words: `retry experiment` wins over `retry`. */
function commandOf(words: readonly string[]): Command | undefined {
  const meant = commands.filter((command) => wordsOf(command).every((word, at) => words[at] === word))
  return meant.sort((left, right) => wordsOf(right).length - wordsOf(left).length)[0]
}

function unknownCommand([first = '', second]: readonly string[]): number {
  const known = commands.map(({ name }) => name)
  const family = known.filter((name) => name.startsWith(`${first} `))
  if (family.length > 0) {
    const said = second === undefined || second.startsWith('-') ? first : `${first} ${second}`
    return refused(`unknown command "${said}": there is ${family.join(', ')}`, '')
  }
  const meant = nearest(first, known)
  const hint = meant === undefined ? `the commands are ${known.join(', ')}` : `did you mean ${meant}?`
  return refused(`unknown command "${first}": ${hint}`, '')
}
