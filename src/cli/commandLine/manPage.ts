import { type Command, helpOption } from './command'
import { optionForm } from './help'

/** The man page, in roff: `rollout-engine completion man > rollout-engine.1`. */
export function manPage(commands: readonly Command[], version: string): string {
  return [
    `.TH ROLLOUT-ENGINE 1 "" "rollout-engine ${version}"`,
    '.SH NAME',
    'rollout-engine \\- what will happen if I apply this?',
    '.SH SYNOPSIS',
    '.B rollout-engine',
    'COMMAND FILE... [options]',
    '.SH COMMANDS',
    ...commands.flatMap(commandSection),
  ].join('\n')
}

function commandSection(command: Command): readonly string[] {
  const { name, title, about, operands, notes = [], examples = [], exitCodes } = command
  return [
    `.SS ${roff(name)}`,
    `.B rollout-engine ${roff(`${name} ${operands.shown} [options]`)}`,
    '.PP',
    roff(`${title.slice(0, 1).toUpperCase()}${title.slice(1)}`),
    ...about.flatMap((text) => ['.PP', roff(text)]),
    ...[...command.options, helpOption].flatMap((option) => [
      '.TP',
      `.B ${roff(optionForm(option))}`,
      roff(option.help),
    ]),
    ...notes.flatMap((text) => ['.PP', roff(text)]),
    ...(examples.length > 0
      ? ['.PP', 'Examples:', '.nf', ...examples.map((one) => roff(`  rollout-engine ${one}`)), '.fi']
      : []),
    '.PP',
    'Exit codes:',
    ...exitCodes.flatMap(([code, meaning]) => ['.TP', `.B ${code}`, roff(meaning)]),
  ]
}

/** A line that begins with a dot or an apostrophe would be a request. */
const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .split('\n')
    .map((line) => (/^[.']/.test(line) ? `\\&${line}` : line))
    .join('\n.br\n')
