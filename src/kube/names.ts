import type { Format } from './rule'

// How names in Kubernetes are written. Source: Kubernetes 0.34's text of each complaint, RFC 1123 and RFC 1035.

/** Go counts bytes of UTF-8; half a surrogate pair counts as the character that represents nothing. */
export function byteLength(text: string): number {
  let bytes = text.length
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) continue
    bytes += unit < 0x800 ? 1 : 2
    const isPair = (text.codePointAt(index) ?? 0) > 0xffff
    // a pair has two units and four bytes
    if (isPair) index++
  }
  return bytes
}

const mostLabelBytes = 63
const mostSubdomainBytes = 253

const tooLong = (most: number): string => `must be no more than ${most} characters`

const pattern = (words: string, source: string, ...examples: readonly string[]): string => {
  const shown = examples.map((example) => `'${example}', `)
  return `${words} (${shown.length > 0 ? `e.g. ${shown.join(' or ')}` : ''}regex used for validation is '${source}')`
}

interface Written {
  readonly most?: number
  readonly source: string
  readonly words: string
  readonly examples: readonly string[]
}

const wellWritten: readonly string[] = []

function written({ most, source, words, examples }: Written): Format {
  const whole = new RegExp(`^(?:${source})$`)
  const detail = pattern(words, source, ...examples)
  return (text) => {
    const isTooLong = most !== undefined && byteLength(text) > most
    if (whole.test(text)) return isTooLong ? [tooLong(most)] : wellWritten
    return isTooLong ? [tooLong(most), detail] : [detail]
  }
}

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const qualified = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const ends = 'must start and end with an alphanumeric character'

const plainLabel = written({
  most: mostLabelBytes,
  source: label,
  words: `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and ${ends}`,
  examples: ['my-name', '123-abc'],
})

export const dnsSubdomain = written({
  most: mostSubdomainBytes,
  source: `${label}(\\.${label})*`,
  words: `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and ${ends}`,
  examples: ['example.com'],
})

const subdomainPattern = new RegExp(`^${label}(\\.${label})*$`)

/** A label; what is a subdomain only fails for its dots. */
export const dnsLabel: Format = (text) => {
  const details = plainLabel(text)
  if (!text.includes('.') || !subdomainPattern.test(text)) return details
  return [...details.slice(0, -1), 'must not contain dots']
}

/** The name of a Service. */
export const dns1035Label = written({
  most: mostLabelBytes,
  source: '[a-z]([-a-z0-9]*[a-z0-9])?',
  words:
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  examples: ['my-name', 'abc-123'],
})

/** A name that something will be appended to: it may end with a dash. */
export const dnsSubdomainPrefix: Format = (text) =>
  dnsSubdomain(text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text)

export const labelValue = written({
  most: mostLabelBytes,
  source: `(${qualified})?`,
  words: `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and ${ends}`,
  examples: ['MyValue', 'my_value', '12345'],
})

const qualifiedPart = written({
  source: qualified,
  words: `must consist of alphanumeric characters, '-', '_' or '.', and ${ends}`,
  examples: ['MyName', 'my.name', '123-abc'],
})

/** A short name without a prefix, as most are. */
const plainName = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/

/** `name` or `example.com/name`: keys of labels and annotations, names of conditions and resources. */
export const qualifiedName: Format = (text) => {
  if (plainName.test(text)) return wellWritten
  const parts = text.split('/')
  if (parts.length > 2) {
    const details = qualifiedPart('').map((detail) => `a qualified name ${detail}`)
    return details.map(
      (detail) => `${detail} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    )
  }
  const name = parts.at(-1) ?? ''
  const prefix = parts.length === 2 ? (parts[0] ?? '') : undefined
  const length =
    name === '' ? ['must be non-empty'] : byteLength(name) > mostLabelBytes ? [tooLong(mostLabelBytes)] : []
  return [
    ...(prefix === '' ? ['prefix part must be non-empty'] : []),
    ...(prefix ? dnsSubdomain(prefix).map((detail) => `prefix part ${detail}`) : []),
    ...[...length, ...qualifiedPart(name)].map((detail) => `name part ${detail}`),
  ]
}

const mostPortNameBytes = 15

export const portName: Format = (text) => [
  ...(byteLength(text) > mostPortNameBytes ? [tooLong(mostPortNameBytes)] : []),
  ...(/^[-a-z0-9]+$/.test(text) ? [] : ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']),
  ...(/[a-z]/.test(text) ? [] : ['must contain at least one letter (a-z)']),
  ...(text.includes('--') ? ['must not contain consecutive hyphens'] : []),
  ...(/^-|-$/.test(text) ? ['must not begin or end with a hyphen'] : []),
]

const notDots: Format = (text) => {
  if (text === '.' || text === '..') return [`must not be '${text}'`]
  return text.startsWith('..') ? [`must not start with '..'`] : []
}

const envPattern = written({
  source: '[-._a-zA-Z][-._a-zA-Z0-9]*',
  words:
    "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
  examples: ['my.env-name', 'MY_ENV.NAME', 'MyEnvName1'],
})

export const envName: Format = (text) =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) ? wellWritten : [...envPattern(text), ...notDots(text)]

/** Printable ASCII without `=`. */
export const relaxedEnvName: Format = (text) =>
  /^[ -<>-~]*$/.test(text)
    ? []
    : ["a valid environment variable name must consist only of printable ASCII characters other than '='"]

const keyPattern = written({
  most: mostSubdomainBytes,
  source: '[-._a-zA-Z0-9]+',
  words: "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
  examples: ['key.name', 'KEY_NAME', 'key-name'],
})

/** A key of a ConfigMap or Secret. */
export const configKey: Format = (text) => [...keyPattern(text), ...notDots(text)]

export const httpHeaderName = written({
  source: '[-A-Za-z0-9]+',
  words: "a valid HTTP header must consist of alphanumeric characters or '-'",
  examples: ['X-Header-Name'],
})

const sysctl = '([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?'
const sysctlPattern = new RegExp(`^${sysctl}$`)

export const sysctlName: Format = (text) =>
  byteLength(text) <= mostSubdomainBytes && sysctlPattern.test(text)
    ? []
    : [`must have at most ${mostSubdomainBytes} characters and match regex ^${sysctl}$`]
