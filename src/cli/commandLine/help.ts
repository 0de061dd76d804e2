import { type Command, helpOption, type OptionText } from './command'
import { wrap } from './wrap'

const width = 80
/** Where the right column begins. */
const column = 28

/** What `rollout-engine COMMAND --help` prints. */
export function helpOf(command: Command): string {
  const { name, title, about, notes = [], examples = [], operands, exitCodes } = command
  const options = [...command.options, helpOption]
  const paragraphs = [
    wrap(`rollout-engine ${name}: ${title}`, width),
    [`usage: rollout-engine ${name} ${operands.shown} [options]`],
    ...about.map((text) => wrap(text, width)),
    options.flatMap((option) => twoColumns(optionForm(option), option.help)),
    ...notes.map((text) => wrap(text, width)),
    ...(examples.length > 0 ? [['examples:', ...examples.map((words) => `  rollout-engine ${words}`)]] : []),
    ['exit codes:', ...exitCodes.flatMap(([code, meaning]) => hanging(`  ${String(code).padEnd(4)}`, meaning))],
  ]
  return paragraphs.map((lines) => lines.join('\n')).join('\n\n')
}

/** `-n, --namespace NAME`. */
export const optionForm = ({ name, short, value }: OptionText): string =>
  `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`

/** What `rollout-engine --help` prints. */
export function helpOfAll(commands: readonly Command[]): string {
  const lines = commands.flatMap(({ name, summary }) => twoColumns(name, summary))
  return [
    'rollout-engine: what will happen if I apply this?',
    '',
    'usage: rollout-engine COMMAND FILE... [options]',
    '',
    ...lines,
    '',
    'rollout-engine COMMAND --help says more; --version prints the version.',
  ].join('\n')
}

/** The left text stands on a line of its own where it is too long. */
function twoColumns(left: string, right: string): readonly string[] {
  const lead = `  ${left}`
  if (lead.length + 2 <= column) return hanging(lead.padEnd(column), right)
  return [lead, ...hanging(' '.repeat(column), right)]
}

function hanging(lead: string, text: string): readonly string[] {
  return wrap(text, width - lead.length).map((line, index) => (index === 0 ? lead : ' '.repeat(lead.length)) + line)
}
