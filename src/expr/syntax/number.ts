import { parseFloating, parseInteger } from '../../go/numbers'
import type { SyntaxRules } from '../language'

type NumberReading =
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly error: string }

const integerForms = [
  ['0b', 'binary'],
  ['0o', 'octal'],
] as const

/** A number literal: decimal, hexadecimal, binary, octal or with a fraction; underscores are ignored. */
export function parseNumber(literal: string, { numberPrefixes }: SyntaxRules): NumberReading {
  if (/^[0-9]{1,15}$/.test(literal)) return { kind: 'int', value: BigInt(literal) }
  const text = literal.replaceAll('_', '')
  if (!numberPrefixes) return parsePlainNumber(text)
  const lower = text.toLowerCase()
  if (lower.startsWith('0x')) return integer(text, 0, 'hex')
  if (lower.includes('.') || lower.includes('e')) return floating(text)
  for (const [prefix, name] of integerForms) if (lower.startsWith(prefix)) return integer(text, 0, name)
  return integer(text, 10, 'integer')
}

/**
 * The older library takes any literal with an `x` for hexadecimal, and any other with a dot or an `e` for a fraction.
 */
function parsePlainNumber(text: string): NumberReading {
  if (text.includes('x')) return integer(text, 0, 'hex')
  return /[.eE]/.test(text) ? floating(text) : integer(text, 10, 'integer')
}

const problemOf = (form: string, call: string, text: string, problem: string): NumberReading => ({
  error: `invalid ${form} literal: strconv.${call}: parsing "${text}": ${problem}`,
})

function integer(text: string, base: 0 | 10, form: string): NumberReading {
  const parsed = parseInteger(text, base)
  return 'problem' in parsed ? problemOf(form, 'ParseInt', text, parsed.problem) : { kind: 'int', value: parsed.value }
}

function floating(text: string): NumberReading {
  const parsed = parseFloating(text)
  return 'problem' in parsed
    ? problemOf('float', 'ParseFloat', text, parsed.problem)
    : { kind: 'float', value: parsed.value }
}
