import { encodeBase64 } from '../../go/base64'
import { decodeRune, encodeRune, isAscii } from '../../go/bytes'
import { attempt, fail } from '../failure'
import { strictText } from '../time/encode'
import { isStringKeyed } from './keys'
import {
  isDict,
  isFunc,
  isList,
  isNamed,
  isPointer,
  isSized,
  isTime,
  itemsOf,
  type List,
  type Spend,
  type Time,
  typeName,
  type Value,
} from './value'

/** json.MarshalIndent(value, "", "  "). Fails on what JSON cannot say: NaN, functions, keys that are no strings. */
export const toJson = (value: Value, spend: Spend): string => write(value, '\n', spend)

function write(value: Value, indent: string, spend: Spend): string {
  spend(1 + indent.length / 16 + (typeof value === 'string' ? value.length / (needsEscapes.test(value) ? 2 : 32) : 0))
  if (value === null) return 'null'
  switch (typeof value) {
    case 'number':
      return writeNumber(value)
    case 'string':
      return quoteJson(value)
    case 'object':
      return writeObject(value, indent, spend)
    default:
      return String(value)
  }
}

function writeNumber(value: number): string {
  if (Number.isNaN(value)) return fail('json: unsupported value: NaN')
  if (!Number.isFinite(value)) return fail(`json: unsupported value: ${value > 0 ? '+' : '-'}Inf`)
  return Object.is(value, -0) ? '-0' : String(value)
}

function writeObject(value: Exclude<Value, null>, indent: string, spend: Spend): string {
  const inner = `${indent}  `
  if (isSized(value)) return String(value.int)
  if (isNamed(value)) return quoteJson(value.text)
  if (isTime(value)) {
    spend(60)
    return writeTime(value)
  }
  if (isFunc(value)) return fail(`json: unsupported type: ${typeName(value)}`)
  if (isPointer(value)) return write(value.target, indent, spend)
  if (isList(value)) return writeList(value, indent, spend)
  if (isDict(value)) {
    if (!isStringKeyed(value.type)) return fail(`json: unsupported type: ${typeName(value)}`)
    spend(value.entries.size * 6)
    const sorted = [...value.entries].sort(([left], [right]) => (left < right ? -1 : 1))
    return block(
      sorted.map(([key, entry]) => `${quoteJson(key)}: ${write(entry.value, inner, spend)}`),
      '{}',
      indent,
    )
  }
  const fields = typeof value === 'object' && 'fields' in value ? Object.entries(value.fields) : []
  return block(
    fields.map(([name, field]) => `${quoteJson(name)}: ${write(field, inner, spend)}`),
    '{}',
    indent,
  )
}

function writeList(list: List, indent: string, spend: Spend): string {
  if (list.isNil) return 'null'
  if (list.type.name === '[]uint8') {
    const bytes = itemsOf(list, spend).map((byte) => String.fromCharCode(isSized(byte) ? Number(byte.int) : 0))
    return quoteJson(encodeBase64(bytes.join('')))
  }
  return block(
    itemsOf(list, spend).map((item) => write(item, `${indent}  `, spend)),
    '[]',
    indent,
  )
}

function block(parts: readonly string[], brackets: string, indent: string): string {
  if (parts.length === 0) return brackets
  return `${brackets[0]}${indent}  ${parts.join(`,${indent}  `)}${indent}${brackets[1]}`
}

function writeTime({ instant }: Time): string {
  const outcome = attempt(() => strictText(instant, 'MarshalJSON'))
  if ('value' in outcome) return `"${outcome.value}"`
  return fail(`json: error calling MarshalJSON for type time.Time: ${outcome.failure.message}`)
}

const short: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}
const escaped = '<>&'
/** Anything but plain ASCII. */
const needsEscapes = /[^ !#-%'-;=?-[\]-~]/

/** A JSON string of a byte string, with `<`, `>` and `&` escaped as Go does. */
function quoteJson(bytes: string): string {
  if (!needsEscapes.test(bytes)) return `"${bytes}"`
  const parts = ['"']
  const plain = isAscii(bytes)
  for (let at = 0; at < bytes.length; ) {
    const { code, size } = plain ? { code: bytes.charCodeAt(at), size: 1 } : decodeRune(bytes, at)
    const char = String.fromCharCode(code)
    if (code < 0x80 && Object.hasOwn(short, char)) parts.push(short[char]!)
    else if (
      code < 32 ||
      escaped.includes(char) ||
      code === 0x2028 ||
      code === 0x2029 ||
      (code === 0xfffd && size === 1)
    ) {
      parts.push(`\\u${code.toString(16).padStart(4, '0')}`)
    } else parts.push(encodeRune(code))
    at += size
  }
  return `${parts.join('')}"`
}
