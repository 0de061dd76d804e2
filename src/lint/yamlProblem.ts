import type { Finding } from '../input/places'

// How upstream's YAML reader words a mistake, by how ours does. It counts lines from 0 where it means the line before,
// and leaves the first line out altogether.

interface Wording {
  readonly ours: RegExp
  readonly text: string
  /** Found while reading characters, not while putting tokens together: such a line counts from 1. */
  readonly isOfScanner: boolean
  /** Told where the text ends instead of where it went wrong. */
  readonly atEnd?: boolean
}

const wordings: readonly Wording[] = [
  { ours: /nested mappings/i, text: 'mapping values are not allowed in this context', isOfScanner: true },
  { ours: /missing closing/i, text: 'found unexpected end of stream', isOfScanner: true, atEnd: true },
  { ours: /invalid escape/i, text: 'found unknown escape character', isOfScanner: true },
  { ours: /\btabs?\b/i, text: 'found character that cannot start any token', isOfScanner: true },
  {
    ours: /cannot start with reserved|plain value cannot start/i,
    text: 'found character that cannot start any token',
    isOfScanner: true,
  },
  { ours: /implicit (map )?keys? need/i, text: "could not find expected ':'", isOfScanner: true },
]

/** Brackets that were never closed. */
function unclosed(message: string, text: string): string | undefined {
  const kind = /flow (sequence|map)/i.exec(message)?.[1]?.toLowerCase()
  if (!kind) return undefined
  if (/[,[{]\s*$/.test(text)) return 'did not find expected node content'
  return kind === 'map' ? "did not find expected ',' or '}'" : "did not find expected ',' or ']'"
}

/** The error text for a document that is not YAML. */
export function yamlProblem({ code, message, offset = 0 }: Finding, text: string): string {
  if (code === 'unknown-alias') return `yaml: unknown anchor '${/\*(\S+)/.exec(message)?.[1] ?? ''}' referenced`
  if (code === 'wrong-key') return 'yaml: invalid map key'
  const wording = wordings.find(({ ours }) => ours.test(message))
  const open = wording ? undefined : unclosed(message, text)
  const before = wording?.atEnd || open !== undefined ? text : text.slice(0, offset)
  const line = before.split('\n').length - 1
  const place = line === 0 ? '' : `line ${wording?.isOfScanner ? line + 1 : line}: `
  return `yaml: ${place}${wording?.text ?? open ?? 'did not find expected key'}`
}
