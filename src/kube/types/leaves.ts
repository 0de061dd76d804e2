import { goJson, goString } from '../../go/json/goJson'
import { formatGoTime, isZeroTime, parseGoTime } from '../../go/time/goTime'
import { isCanonical } from '../quantity/canonical'
import { parseQuantity } from '../quantity/parseQuantity'
import { printQuantity } from '../quantity/printQuantity'
import { type Quantity, quantityWorth } from '../quantity/quantity'
import type { LeafKind } from './shape'

/** How one kind of plain value prints. */
export interface Leaf {
  /** The JSON text, or undefined if the value is missing or Kubernetes' types refuse it, which counts as missing. */
  readonly print: (value: unknown) => string | undefined
  /** What a missing value prints as. */
  readonly zero: string
  /** `omitempty` drops the zero value. */
  readonly canBeEmpty: boolean
}

const printString = (value: unknown): string | undefined => (typeof value === 'string' ? goString(value) : undefined)

const printBool = (value: unknown): string | undefined => (typeof value === 'boolean' ? String(value) : undefined)

function printInt32(value: unknown): string | undefined {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value + 0.5) < 2 ** 31
    ? String(value)
    : undefined
}

/** 2^63 represents 2^63-1, the nearest that an int64 can hold: a JavaScript number cannot tell them apart. */
function printInt64(value: unknown): string | undefined {
  if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > 2 ** 63) return undefined
  if (Number.isSafeInteger(value)) return String(value)
  return String(BigInt(value) < 2n ** 63n ? BigInt(value) : 2n ** 63n - 1n)
}

/** Go's white space, but for tabs and line ends, which reach the quantity's reader escaped. */
const spaceAtEnds =
  /^[ \u0085\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+|[ \u0085\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+$/g

export function readQuantity(value: unknown): Quantity | undefined {
  if (typeof value === 'number') return parseQuantity(goJson(value))
  if (typeof value !== 'string') return undefined
  return parseQuantity(value) ?? (value.length < 1000 ? parseQuantity(value.replace(spaceAtEnds, '')) : undefined)
}

const printQuantityLeaf = (value: unknown): string | undefined => {
  if (typeof value === 'string' && isCanonical(value)) return `"${value}"`
  const quantity = readQuantity(value)
  return quantity && `"${printQuantity(quantity)}"`
}

const printWorth = (value: unknown): string | undefined => {
  const quantity = readQuantity(value)
  return quantity && quantityWorth(quantity)
}

function printTime(value: unknown): string | undefined {
  const time = typeof value === 'string' ? parseGoTime(value) : undefined
  return time && (isZeroTime(time) ? 'null' : `"${formatGoTime(time)}"`)
}

function printInstant(value: unknown): string | undefined {
  const time = typeof value === 'string' ? parseGoTime(value) : undefined
  return time && (isZeroTime(time) ? 'null' : `${time.seconds}s${time.nanoseconds}n`)
}

const printJson = (value: unknown): string | undefined =>
  value === undefined || value === null ? undefined : goJson(value)

/** As Go's `json.Marshal` writes the value. */
export const jsonLeaves: Readonly<Record<LeafKind, Leaf>> = {
  string: { print: printString, zero: '""', canBeEmpty: true },
  bool: { print: printBool, zero: 'false', canBeEmpty: true },
  int32: { print: printInt32, zero: '0', canBeEmpty: true },
  int64: { print: printInt64, zero: '0', canBeEmpty: true },
  number: { print: (value) => (typeof value === 'number' ? goJson(value) : undefined), zero: '0', canBeEmpty: true },
  quantity: { print: printQuantityLeaf, zero: '"0"', canBeEmpty: false },
  intOrString: { print: (value) => printInt32(value) ?? printString(value), zero: '0', canBeEmpty: false },
  time: { print: printTime, zero: 'null', canBeEmpty: false },
  fieldsV1: { print: printJson, zero: 'null', canBeEmpty: false },
  rawJSON: { print: printJson, zero: 'null', canBeEmpty: true },
  unread: { print: printJson, zero: 'null', canBeEmpty: true },
}

/** Texts that are equal where Kubernetes calls the values semantically equal. */
export const meaningLeaves: Readonly<Record<LeafKind, Leaf>> = {
  ...jsonLeaves,
  quantity: { print: printWorth, zero: '0', canBeEmpty: false },
  time: { print: printInstant, zero: 'null', canBeEmpty: false },
}
