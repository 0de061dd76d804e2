import { decodeBase64, encodeBase64 } from '../../go/base64'
import { isAscii } from '../../go/bytes'
import { replace, split, trim, trimSpace } from '../../go/strings'
import { toLower, toUpper } from '../../go/unicode'
import { assertString, type Builtin, grow, payString } from '../evaluate/machine'
import { fail } from '../failure'
import { format } from '../values/format'
import { toJson } from '../values/json'
import { toInt } from '../values/numeric'
import { parseJson } from '../values/parseJson'
import { isList, itemsOf, stringList, typeName, type Value } from '../values/value'

const input = (inputs: readonly Value[], index: number): Value => inputs[index] ?? null
const text = (inputs: readonly Value[], index: number): string => assertString(input(inputs, index))

/** One string in, something out; long strings cost more. */
const ofText =
  (run: (text: string) => Value): Builtin =>
  (inputs, machine) => {
    const given = text(inputs, 0)
    machine.spend(given.length / 4)
    return run(given)
  }

/** Characters beyond ASCII are mapped one by one. */
const changingCase =
  (run: (text: string) => string): Builtin =>
  (inputs, machine) => {
    const given = text(inputs, 0)
    machine.spend(isAscii(given) ? given.length / 24 : given.length / 2)
    return run(given)
  }

const ofTwoTexts =
  (run: (one: string, other: string) => Value): Builtin =>
  (inputs, machine) => {
    const [one, other] = [text(inputs, 0), text(inputs, 1)]
    machine.spend((one.length + other.length) / 16)
    return run(one, other)
  }

/** Without a second argument a single space is cut off. */
const cut =
  (side: 'prefix' | 'suffix'): Builtin =>
  (inputs) => {
    const part = inputs.length === 2 ? text(inputs, 1) : ' '
    const whole = text(inputs, 0)
    if (side === 'prefix') return whole.startsWith(part) ? whole.slice(part.length) : whole
    return whole.endsWith(part) ? whole.slice(0, whole.length - part.length) : whole
  }

const mostParts = 2n ** 31n

const splitting =
  (keepSeparator: boolean): Builtin =>
  (inputs, machine) => {
    const [whole, separator] = [text(inputs, 0), text(inputs, 1)]
    const most = inputs.length === 3 ? toInt(input(inputs, 2)) : -1n
    machine.spend(whole.length)
    return stringList(split(whole, separator, Number(most > mostParts ? mostParts : most), keepSeparator))
  }

const replacing: Builtin = (inputs, machine) => {
  const [whole, old, fresh] = [text(inputs, 0), text(inputs, 1), text(inputs, 2)]
  const most = inputs.length === 4 ? toInt(input(inputs, 3)) : -1n
  machine.spend(whole.length)
  const places = old === '' ? whole.length + 1 : whole.length / old.length
  const times = most < 0n ? places : Math.min(places, Number(most))
  payString(machine, whole.length + times * fresh.length)
  return replace(whole, old, fresh, Number(most > mostParts ? mostParts : most))
}

const mostRepeats = 1_000_000n

const repeating: Builtin = (inputs, machine) => {
  const part = text(inputs, 0)
  const times = toInt(input(inputs, 1))
  if (times < 0n) return fail(`invalid argument for repeat (expected positive integer, got ${times})`)
  if (times > mostRepeats) return fail('memory budget exceeded', 'budget')
  grow(machine, part.length * Number(times))
  machine.spend((part.length * Number(times)) / 16)
  return part.repeat(Number(times))
}

const joining: Builtin = (inputs, machine) => {
  const glue = inputs.length === 2 ? text(inputs, 1) : ''
  const list = input(inputs, 0)
  if (!isList(list) || (list.type.name !== '[]interface {}' && list.type.name !== '[]string')) {
    return fail(`invalid argument for join (type ${list === null ? '%!s(<nil>)' : typeName(list)})`)
  }
  const parts = itemsOf(list, machine.spend).map(assertString)
  payString(machine, parts.reduce((sum, part) => sum + part.length, 0) + parts.length * glue.length)
  return parts.join(glue)
}

const decoding = ofText((given) => {
  const decoded = decodeBase64(given)
  return 'bytes' in decoded ? decoded.bytes : fail(`illegal base64 data at input byte ${decoded.badByteAt}`)
})

export const stringBuiltins: Readonly<Record<string, Builtin>> = {
  string: (inputs, machine) => format(input(inputs, 0), machine.spend),
  trim: (inputs, machine) => {
    machine.spend(text(inputs, 0).length)
    return inputs.length === 1 ? trimSpace(text(inputs, 0)) : trim(text(inputs, 0), text(inputs, 1))
  },
  trimPrefix: cut('prefix'),
  trimSuffix: cut('suffix'),
  upper: changingCase(toUpper),
  lower: changingCase(toLower),
  split: splitting(false),
  splitAfter: splitting(true),
  replace: replacing,
  repeat: repeating,
  join: joining,
  indexOf: ofTwoTexts((whole, part) => BigInt(whole.indexOf(part))),
  lastIndexOf: ofTwoTexts((whole, part) => BigInt(whole.lastIndexOf(part))),
  hasPrefix: ofTwoTexts((whole, part) => whole.startsWith(part)),
  hasSuffix: ofTwoTexts((whole, part) => whole.endsWith(part)),
  toJSON: (inputs, machine) => toJson(input(inputs, 0), machine.spend),
  fromJSON: (inputs, machine) => {
    const given = text(inputs, 0)
    machine.spend(10 + given.length * 2)
    return parseJson(given)
  },
  toBase64: ofText(encodeBase64),
  fromBase64: decoding,
}
