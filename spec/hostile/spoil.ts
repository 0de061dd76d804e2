import { monsters, oddValues } from './oddValues'
import type { Random } from './random'

type Fields = Readonly<Record<string, unknown>>

/**
 * The value with one to three of its places taken away or holding something odd. It shares all that stays the same with the
 * value, so that an input costs no more than the paths to its places.
 */
export function spoilt(value: unknown, random: Random): unknown {
  let next = value
  for (let spots = 1 + random.below(3); spots > 0; spots--) next = spoiltOnce(next, random, 0)
  return next
}

const deepest = 12

function spoiltOnce(value: unknown, random: Random, depth: number): unknown {
  if (typeof value === 'string' && random.below(3) === 0) return spoiltText(value, random)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) === null) return oddOne(random)
  if (depth >= deepest || random.below(12) === 0) return oddOne(random)
  if (Array.isArray(value)) return spoiltList(value, random, depth)
  const keys = Object.keys(value)
  if (keys.length === 0) return oddOne(random)
  const key = random.pick(keys)
  const { [key]: given, ...others } = value as Fields
  if (random.below(8) === 0) return others
  return { ...(value as Fields), [key]: spoiltOnce(given, random, depth + 1) }
}

/** Lists get items more than once, fewer items, or another one. */
function spoiltList(list: readonly unknown[], random: Random, depth: number): unknown {
  if (list.length === 0 || list.length > 1000) return oddOne(random)
  const at = random.below(list.length)
  switch (random.below(8)) {
    case 0:
      return list.filter((_, index) => index !== at)
    case 1:
      return [...list, list[at]]
    default:
      return list.map((item, index) => (index === at ? spoiltOnce(item, random, depth + 1) : item))
  }
}

const pieces = [
  '"',
  "'",
  '\\',
  '\n',
  '\r\n',
  '\t',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  ':',
  '- ',
  ',',
  '%',
  '&a ',
  '*a',
  '<<',
  '!!',
  '\u2028',
]

export function spoiltText(text: string, random: Random): string {
  const at = random.below(text.length + 1)
  const until = Math.min(text.length, at + random.below(8))
  switch (random.below(4)) {
    case 0:
      return text.slice(0, at) + text.slice(until)
    case 1:
      return text.slice(0, at) + random.pick(pieces) + text.slice(at)
    case 2:
      return text.slice(0, until) + text.slice(at)
    default:
      return (
        text.slice(0, at) +
        String.fromCharCode(random.below(random.below(4) === 0 ? 0x10000 : 0x80)) +
        text.slice(until)
      )
  }
}

export const oddOne = (random: Random): unknown =>
  random.below(40) === 0 ? random.pick(monsters)() : random.pick(oddValues)
