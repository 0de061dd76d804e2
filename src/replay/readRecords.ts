import { encodeBase64 } from '../go/base64'
import { type FluxValue, fluxCell } from '../metrics/providers/fluxTables'
import { recordsFound } from '../metrics/providers/found'
import type { Form } from './forms/form'

// How Go prints the values of a Flux record between the spaces of a list: times have spaces themselves, bytes are a
// list.
const printed =
  /(?<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [+-]\d{4} (?:UTC|[+-]\d{4}))(?= |$)|(?<bytes>\[(?:\d+(?: \d+)*)?\])(?= |$)|(?<word>[^ ]*)/y

/**
 * The records of `[0.5 <nil> true]`. What looks like a number is a float or an integer, or may have been a text; texts
 * may hold spaces, so that the whole may have been one.
 */
export function readRecords(text: string): readonly Form[] {
  if (!text.startsWith('[') || !text.endsWith(']')) return []
  const inside = text.slice(1, -1)
  const words = wordsOf(inside)
  const readings = (['double', 'long', 'unsignedLong', 'string'] as const).map((number) =>
    words.map((word) => recordOf(word, number)),
  )
  const whole: FluxValue = { shown: inside, tagged: inside }
  return [...readings, [whole]].map(recordsFound)
}

interface Word {
  readonly kind: 'time' | 'bytes' | 'word'
  readonly text: string
}

function wordsOf(inside: string): readonly Word[] {
  const words: Word[] = []
  for (let at = 0; at <= inside.length; at++) {
    printed.lastIndex = at
    const { 0: text = '', groups } = printed.exec(inside) ?? {}
    words.push({ text, kind: groups?.time !== undefined ? 'time' : groups?.bytes !== undefined ? 'bytes' : 'word' })
    // The space behind it is skipped by the loop.
    at += text.length
  }
  return words
}

function recordOf({ kind, text }: Word, number: 'double' | 'long' | 'unsignedLong' | 'string'): FluxValue {
  if (kind === 'time') return { shown: text, tagged: { $time: rfc3339Of(text) } }
  if (kind === 'bytes') return { shown: text, tagged: { $bytes: base64Of(text.slice(1, -1)) } }
  if (text === '') return { shown: text, tagged: text }
  if (text === '<nil>') return { shown: text, tagged: null }
  if (text === 'true' || text === 'false') return { shown: text, tagged: text === 'true' }
  const duration = /^-?(?:\d+(?:\.\d+)?(?:h|m|s|ms|µs|ns))+$/.test(text) ? fluxCell(text, 'duration') : undefined
  return fluxCell(text, number) ?? fluxCell(text, 'double') ?? duration ?? { shown: text, tagged: text }
}

/** `2029-12-31 23:59:00.5 +0200 +0200` */
function rfc3339Of(text: string): string {
  const [date = '', time = '', offset = '+0000'] = text.split(' ')
  return `${date}T${time}${offset === '+0000' ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(3)}`}`
}

const base64Of = (numbers: string): string =>
  encodeBase64(numbers.replace(/(\d+) ?/g, (_, byte: string) => String.fromCharCode(Number(byte) & 0xff)))
