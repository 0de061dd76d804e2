import { type Command, helpOption, type OptionText } from './command'

/** A completion for bash: `source <(rollout-engine completion bash)`. */
export function bashCompletion(commands: readonly Command[]): string {
  return `# Completion of rollout-engine for bash.
_rollout_engine() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} command options values
  if [[ $current == '=' ]]; then current=''; fi
  if [[ $before == '=' ]]; then before=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W ${quoted(firstWords(commands))} -- "$current"))
    return
  fi
${secondWords(commands)}  case "\${COMP_WORDS[1]} \${COMP_WORDS[2]}" in
${longestFirst(commands).map(commandCase).join('\n')}
    *) return ;;
  esac
  case "$command $before" in
${commands.flatMap(valueCases).join('\n')}
  esac
  if [[ $values == '<files>' || ($values == '' && $current != -*) ]]; then
    COMPREPLY=($(compgen -f -- "$current"))
  else
    COMPREPLY=($(compgen -W "\${values:-$options}" -- "$current"))
  fi
}
complete -o filenames -F _rollout_engine rollout-engine`
}

const quoted = (words: readonly string[]): string => `'${words.join(' ')}'`

const firstWords = (commands: readonly Command[]): readonly string[] => [
  ...new Set(commands.map(({ name }) => name.split(' ')[0] ?? '')),
]

const longestFirst = (commands: readonly Command[]): readonly Command[] =>
  [...commands].sort((left, right) => right.name.split(' ').length - left.name.split(' ').length)

/** `set` alone goes on with `image`. */
function secondWords(commands: readonly Command[]): string {
  const pairs = commands.map(({ name }) => name.split(' ')).filter((words) => words.length > 1)
  const firsts = [...new Set(pairs.map(([first = '']) => first))]
  return firsts
    .filter((first) => !commands.some(({ name }) => name === first))
    .map((first) => {
      const seconds = pairs.filter(([word]) => word === first).map(([, second = '']) => second)
      return `  if ((COMP_CWORD == 2)) && [[ \${COMP_WORDS[1]} == ${first} ]]; then
    COMPREPLY=($(compgen -W ${quoted(seconds)} -- "$current"))
    return
  fi
`
    })
    .join('')
}

function commandCase({ name, options, operands }: Command): string {
  const pattern = name.includes(' ') ? `'${name}'` : `'${name} '*`
  const words = typeof operands.completion === 'object' ? operands.completion : []
  const flags = [...options, helpOption].map((option) => `--${option.name}`)
  const values = words.length > 0 ? ` values=${quoted(words)}` : ''
  return `    ${pattern}) command='${name}' options=${quoted(flags)}${values} ;;`
}

function valueCases({ name, options }: Command): readonly string[] {
  return options.filter(({ value }) => value !== undefined).map((option) => `    ${valueCase(name, option)}`)
}

function valueCase(command: string, { name, short, completion }: OptionText): string {
  const patterns = [`'${command} --${name}'`, ...(short === undefined ? [] : [`'${command} -${short}'`])]
  const values = typeof completion === 'object' ? quoted(completion) : completion === 'files' ? "'<files>'" : "' '"
  return `${patterns.join(' | ')}) values=${values} ;;`
}
