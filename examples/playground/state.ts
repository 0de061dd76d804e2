// What a reader of the playground typed and chose. A link to share holds it as JSON, so whatever comes out of one is read
// as carefully as any input.

export interface PlaygroundState {
  readonly manifests: string
  /** Which one, if there are several. */
  readonly rollout: string
  /** Measurements of the analyses, as CSV or JSON; empty: all are Successful. */
  readonly measurements: string
  /** The image that the update sets, as `web=web:2` or `web:2`; empty: there is no update. */
  readonly image: string
  readonly imageAt: string
  /** Pods of that image never become ready. */
  readonly isBroken: boolean
  readonly readyAfter: string
  readonly until: string
  readonly controller: string
  readonly commands: readonly GivenCommand[]
}

/** A command that somebody gives, as it stands in the form. */
export interface GivenCommand {
  /** A time such as `5m`; empty: as soon as the Rollout pauses. */
  readonly at: string
  readonly what: string
  readonly value: string
}

export const emptyState: PlaygroundState = {
  manifests: '',
  rollout: '',
  measurements: '',
  image: '',
  imageAt: '10s',
  isBroken: false,
  readyAfter: '5s',
  until: '1h',
  controller: 'v1.10',
  commands: [],
}

export const mostCommands = 20
const mostLetters = { manifests: 200_000, measurements: 100_000 }
const mostOfField = 300

export type ReadState = { readonly state: PlaygroundState } | { readonly problem: string }

/** A state out of unknown JSON; fields that are missing have their defaults. */
export function readState(given: unknown): ReadState {
  if (!isObject(given)) return { problem: 'it holds no object' }
  const { commands = [] } = given
  if (!Array.isArray(commands)) return { problem: 'its commands are no list' }
  if (commands.length > mostCommands) return { problem: `it has more than ${mostCommands} commands` }
  const read = commands.map((one) => readTexts({ at: '', what: '', value: '' }, one))
  const texts = readTexts(emptyState, given)
  const problem = [texts, ...read].find((one) => typeof one === 'string')
  if (typeof problem === 'string') return { problem }
  const isBroken = given.isBroken === true
  return { state: { ...(texts as PlaygroundState), isBroken, commands: read as readonly GivenCommand[] } }
}

/** The texts among the fields; a problem is a sentence. */
function readTexts<T extends object>(defaults: T, given: unknown): T | string {
  if (!isObject(given)) return 'one of its commands is no object'
  const texts: Record<string, unknown> = {}
  for (const [name, usual] of Object.entries(defaults)) {
    if (typeof usual !== 'string') continue
    const text = Object.hasOwn(given, name) ? given[name] : usual
    const most = Object.hasOwn(mostLetters, name) ? mostLetters[name as keyof typeof mostLetters] : mostOfField
    if (typeof text !== 'string') return `its ${name} is no text`
    if (text.length > most) return `its ${name} has more than ${most} characters`
    texts[name] = text
  }
  return { ...defaults, ...texts }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
