// The words behind `kubectl argo rollouts`, as far as the recordings need them: which command, which names, which options.

export interface Words {
  readonly command: string
  readonly names: readonly string[]
  /** Every value that an option was given; a switch has `true` or `false`. */
  readonly options: ReadonlyMap<string, readonly string[]>
  /** Options in the order in which they were first said. */
  readonly said: readonly string[]
}

/** Exit code 1 with an error of the argument reader, or with the usage. */
export interface Unreadable {
  readonly unreadable: true
}

type OptionKind = 'switch' | 'text' | 'integer' | 'duration'

interface Option {
  readonly name: string
  readonly short?: string
  readonly kind: OptionKind
}

const everywhere: readonly Option[] = [
  { name: 'namespace', short: 'n', kind: 'text' },
  { name: 'loglevel', kind: 'text' },
  { name: 'kloglevel', short: 'v', kind: 'integer' },
]

const switches = (...names: readonly string[]): readonly Option[] =>
  names.map((name) => ({ name: name.split(' ')[0] ?? '', short: name.split(' ')[1], kind: 'switch' }))
const texts = (...names: readonly string[]): readonly Option[] =>
  names.map((name) => ({ name: name.split(' ')[0] ?? '', short: name.split(' ')[1], kind: 'text' }))

interface Command {
  readonly options?: readonly Option[]
  readonly fewest: number
  readonly most: number
}

const many = Number.POSITIVE_INFINITY

const commands: Readonly<Record<string, Command>> = {
  promote: { options: switches('full', 'skip-current-step c', 'skip-all-steps a'), fewest: 1, most: 1 },
  abort: { fewest: 1, most: many },
  pause: { fewest: 1, most: many },
  restart: { options: texts('in i'), fewest: 1, most: 1 },
  'retry rollout': { fewest: 1, most: many },
  'retry experiment': { fewest: 1, most: many },
  'terminate analysisrun': { fewest: 1, most: many },
  'terminate experiment': { fewest: 1, most: many },
  undo: { options: [{ name: 'to-revision', kind: 'integer' }], fewest: 1, most: 1 },
  'set image': { fewest: 2, most: 2 },
  status: {
    options: [...switches('watch w'), { name: 'timeout', short: 't', kind: 'duration' }],
    fewest: 1,
    most: 1,
  },
  // Words behind `create` are taken for a command that is not there.
  create: { options: [...switches('watch w', 'no-color'), ...texts('filename f')], fewest: 0, most: 0 },
  'create analysisrun': {
    options: [
      ...switches('global'),
      ...texts('name', 'generate-name', 'instance-id', 'argument a', 'from', 'from-file'),
    ],
    fewest: 0,
    most: many,
  },
}

const aliases: Readonly<Record<string, string>> = {
  'retry ro': 'retry rollout',
  'retry rollouts': 'retry rollout',
  'retry exp': 'retry experiment',
  'retry experiments': 'retry experiment',
  'terminate ar': 'terminate analysisrun',
  'terminate analysisruns': 'terminate analysisrun',
  'terminate exp': 'terminate experiment',
  'terminate experiments': 'terminate experiment',
  'create ar': 'create analysisrun',
}

const unreadable: Unreadable = { unreadable: true }

export function readWords(args: readonly string[]): Words | Unreadable {
  const plain = args.filter((word) => !word.startsWith('-'))
  const [first = '', second = ''] = plain
  const pair = aliases[`${first} ${second}`] ?? `${first} ${second}`
  const name = Object.hasOwn(commands, pair) ? pair : first
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) return unreadable
  const read = readOptions(args, [...everywhere, ...(command.options ?? [])])
  if ('unreadable' in read) return read
  const names = read.plain.slice(name.split(' ').length)
  const isFew = names.length < command.fewest || names.length > command.most
  return isFew ? unreadable : { command: name, names, options: read.options, said: read.said }
}

function readOptions(
  args: readonly string[],
  known: readonly Option[],
): (Pick<Words, 'options' | 'said'> & { readonly plain: readonly string[] }) | Unreadable {
  const plain: string[] = []
  const said: string[] = []
  const options = new Map<string, readonly string[]>()
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (!word.startsWith('-') || word === '-') {
      plain.push(word)
      continue
    }
    const [flag = '', ...rest] = word.replace(/^--?/, '').split('=')
    const option = known.find((one) => (word.startsWith('--') ? one.name === flag : one.short === flag))
    if (!option) return unreadable
    const inline = word.includes('=') ? rest.join('=') : undefined
    const value = inline ?? (option.kind === 'switch' ? 'true' : args[++at])
    if (value === undefined || !isValue(option.kind, value)) return unreadable
    if (!said.includes(option.name)) said.push(option.name)
    options.set(option.name, [...(options.get(option.name) ?? []), value])
  }
  return { plain, options, said }
}

function isValue(kind: OptionKind, value: string): boolean {
  if (kind === 'switch') return /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value)
  if (kind === 'integer') return /^[+-]?(?:0[xX][\da-fA-F]+|\d+)$/.test(value)
  return kind !== 'duration' || /^[+-]?(?:0|(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.test(value)
}
