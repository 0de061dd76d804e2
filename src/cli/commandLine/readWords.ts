import { parseArgs } from 'node:util'
import { nearest } from '../../input/nearest'
import {
  type Command,
  type CommandDefinition,
  helpOption,
  type Option,
  type OptionText,
  type ReadWords,
} from './command'

/** A command of the table, whose words are read by its options. */
export function defineCommand<Given>(definition: CommandDefinition<Given>): Command {
  return { ...definition, read: (words) => readWords(definition, words) }
}

/** Reads the words after a command's name. */
function readWords<Given>(definition: CommandDefinition<Given>, words: readonly string[]): ReadWords {
  const read = readGiven(definition, words)
  return 'given' in read ? { run: () => definition.run(read.given) } : read
}

/** The same up to what the command would run with. */
export function readGiven<Given>(
  definition: CommandDefinition<Given>,
  words: readonly string[],
): Exclude<ReadWords, { readonly run: unknown }> | { readonly given: Given } {
  const given = definition.initial()
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries([helpOption, ...definition.options].flatMap(namesOf)),
    strict: false,
    tokens: true,
  })
  if (tokens.some((token) => token.kind === 'option' && token.name === helpOption.name)) return { help: true }
  for (const token of tokens) {
    const problem =
      token.kind === 'option'
        ? setOption(definition, given, token)
        : token.kind === 'positional' && definition.operands.set(given, token.value)
    if (problem) return { problem }
  }
  const problem = definition.check?.(given)
  return problem === undefined ? { given } : { problem }
}

const namesOf = (option: OptionText): readonly (readonly [name: string, type: ReturnType<typeof typeOf>])[] => [
  [option.name, typeOf(option)],
  ...(option.alias === undefined ? [] : [[option.alias, typeOf({ value: option.value })] as const]),
]

const typeOf = ({ short, value }: { readonly short?: string; readonly value?: string }) =>
  ({ type: value === undefined ? 'boolean' : 'string', ...(short && { short }) }) as const

interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value?: string | undefined
}

function setOption<Given>(
  { name: command, options }: CommandDefinition<Given>,
  given: Given,
  { name, rawName, value }: OptionToken,
): string | undefined {
  const option = options.find((one) => one.name === name || one.alias === name)
  if (!option) return outputNames.has(rawName) ? onlyText(command) : unknownOption(rawName, options)
  if (option.value === undefined) {
    return value === undefined ? option.set(given, '') : `--${name} takes no value`
  }
  return value === undefined ? `--${name} needs a value` : option.set(given, value)
}

/** What people type where a command has no `--output`. */
const outputNames: ReadonlySet<string> = new Set(['--output', '-o', '--format'])

const onlyText = (command: string): string => `${command} has no --output: it prints one thing only`

function unknownOption<Given>(flag: string, options: readonly Option<Given>[]): string {
  const meant = nearest(
    flag,
    [...options, helpOption].map(({ name }) => `--${name}`),
  )
  return `unknown option ${flag}${meant === undefined ? '' : `: did you mean ${meant}?`}`
}
