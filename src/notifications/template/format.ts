import { goQuote } from '../../go/goQuote'
import { formatFixed } from '../../go/printNumber'
import { fail } from './failure'
import { plain, printed } from './print'
import { typeName, type Value } from './values'

const verb = /%([-+ 0#]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g

/** No text of a notification needs more. */
const widest = 1000

/**
 * printf with the verbs `%v %s %d %q %t %f %x %%`, widths, zeros and places; what Go marks as wrong is marked alike.
 */
export function formatted(format: string, args: readonly Value[]): string {
  let next = 0
  const text = format.replace(verb, (_, flags: string, width = '', places: string | undefined, letter: string) => {
    if (letter === '%') return '%'
    if (next >= args.length) return `%!${letter}(MISSING)`
    const value = args[next++]
    if (Number(width) > widest || Number(places ?? 0) > widest)
      return fail('a width in printf is too great', 'unsupported')
    return filled(verbText(letter, value, places, flags), flags, Number(width))
  })
  const extra = args.slice(next).map((value) => `${typeName(value)}=${plain(value)}`)
  return extra.length === 0 ? text : `${text}%!(EXTRA ${extra.join(', ')})`
}

function filled(text: string, flags: string, width: number): string {
  const missing = width - [...text].length
  if (missing <= 0) return text
  if (flags.includes('-')) return text + ' '.repeat(missing)
  if (!flags.includes('0')) return ' '.repeat(missing) + text
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/s.exec(text) ?? []
  return sign + '0'.repeat(missing) + digits
}

function verbText(letter: string, value: Value, places: string | undefined, flags: string): string {
  const wrong = (): string => `%!${letter}(${typeName(value)}=${plain(value)})`
  const signed = (text: string): string => (flags.includes('+') && !text.startsWith('-') ? `+${text}` : text)
  switch (letter) {
    case 'v':
      return value === undefined || value === null ? '<nil>' : plain(value)
    case 's':
      if (typeof value !== 'string') return value === undefined || value === null ? '%!s(<nil>)' : wrong()
      return places === undefined ? value : [...value].slice(0, Number(places)).join('')
    case 'd':
      return typeof value === 'bigint' ? signed(value.toString()) : wrong()
    case 'q':
      return typeof value === 'string' ? goQuote(value) : wrong()
    case 't':
      return typeof value === 'boolean' ? String(value) : wrong()
    case 'f':
      return typeof value === 'number' ? signed(formatFixed(value, Number(places ?? 6))) : wrong()
    case 'x':
      return typeof value === 'bigint' ? value.toString(16) : wrong()
    default:
      return fail(`printf's %${letter} is not supported here`, 'unsupported')
  }
}

/** print: spaces between two values that are both no texts. */
export function joined(args: readonly Value[]): string {
  return args.reduce<string>((text, value, index) => {
    const isApart = index > 0 && typeof value !== 'string' && typeof args[index - 1] !== 'string'
    return `${text}${isApart ? ' ' : ''}${value === undefined || value === null ? '<nil>' : printed(value)}`
  }, '')
}

/** println: spaces between all. */
export const lined = (args: readonly Value[]): string =>
  `${args.map((value) => (value === undefined || value === null ? '<nil>' : plain(value))).join(' ')}\n`
