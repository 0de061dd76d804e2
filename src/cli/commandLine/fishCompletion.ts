import { type Command, helpOption, type OptionText } from './command'

/** A completion for fish: `rollout-engine completion fish | source`. */
export function fishCompletion(commands: readonly Command[]): string {
  return [
    '# Completion of rollout-engine for fish.',
    ...commands.map(commandLine),
    ...commands.flatMap(({ name, options }) => [...options, helpOption].map((option) => optionLine(name, option))),
  ].join('\n')
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

function commandLine({ name, summary, operands }: Command): string {
  const [first = '', second] = name.split(' ')
  const when = second === undefined ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${first}`
  const words = typeof operands.completion === 'object' ? operands.completion : undefined
  const offered = words
    ? `\ncomplete -c rollout-engine -n '__fish_seen_subcommand_from ${name}' -f -a ${quoted(words.join(' '))}`
    : ''
  const opening =
    second === undefined ? '' : `complete -c rollout-engine -n '__fish_use_subcommand' -f -a ${quoted(first)}\n`
  return `${opening}complete -c rollout-engine -n '${when}' -f -a ${quoted(second ?? first)} -d ${quoted(summary)}${offered}`
}

function optionLine(command: string, { name, short, value, help, completion }: OptionText): string {
  const [first = ''] = help.split(/(?<=[.:])\s/)
  const last = command.split(' ').at(-1) ?? command
  return [
    `complete -c rollout-engine -n '__fish_seen_subcommand_from ${last}' -l ${name}`,
    short === undefined ? '' : `-s ${short}`,
    value === undefined ? '' : completion === 'files' ? '-r -F' : '-x',
    typeof completion === 'object' ? `-a ${quoted(completion.join(' '))}` : '',
    `-d ${quoted(first)}`,
  ]
    .filter((part) => part !== '')
    .join(' ')
}
