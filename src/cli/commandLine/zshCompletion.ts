import { type Command, helpOption, type OptionText } from './command'

/** A completion for zsh: a file called `_rollout-engine` in a folder of `fpath`. */
export function zshCompletion(commands: readonly Command[]): string {
  const described = commands.map(({ name, summary }) => `    ${quoted(`${name.replaceAll(' ', '\\ ')}:${summary}`)}`)
  return `#compdef rollout-engine
# Completion of rollout-engine for zsh.
_rollout_engine() {
  local -a commands
  commands=(
${described.join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  case "\${words[2]} \${words[3]}" in
${longestFirst(commands).map(commandCase).join('\n')}
  esac
}
_rollout_engine "$@"`
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

const longestFirst = (commands: readonly Command[]): readonly Command[] =>
  [...commands].sort((left, right) => right.name.split(' ').length - left.name.split(' ').length)

function commandCase({ name, options, operands }: Command): string {
  const pattern = name.includes(' ') ? `'${name}'` : `'${name} '*`
  const lines = [...options, helpOption].map((option) => `      ${quoted(optionSpec(option))} \\`)
  const words = operands.completion === 'files' ? '_files' : `(${(operands.completion ?? []).join(' ')})`
  return `    ${pattern})
      _arguments \\
${lines.join('\n')}
      ${quoted(`*:${operands.shown}:${words}`)}
      ;;`
}

/** \`*--until=[How far to look.]:TIME:\`: brackets and colons mean something to zsh. */
function optionSpec({ name, value, help, completion }: OptionText): string {
  const [first = ''] = help.split(/(?<=[.:])\s/)
  const description = first.replace(/[.:]$/, '').replaceAll(/[[\]:\\]/g, (mark) => `\\${mark}`)
  if (value === undefined) return `--${name}[${description}]`
  const words = typeof completion === 'object' ? `(${completion.join(' ')})` : completion === 'files' ? '_files' : ' '
  return `*--${name}=[${description}]:${value.replaceAll(/[[\]:\\|]/g, ' ')}:${words}`
}
