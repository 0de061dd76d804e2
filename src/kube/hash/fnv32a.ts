import { goLetters, isPlainLetter } from '../../go/json/goJson'
import type { Sink } from '../types/sink'

// as int32: a larger start makes the engine compute the whole loop in doubles
const offsetBasis = 0x811c9dc5 | 0
const prime = 0x01000193

const add = (hash: number, byte: number): number => Math.imul(hash ^ byte, prime)

/**
 * 32-bit FNV-1a of the text's UTF-8 bytes (a lone surrogate counts as U+FFFD) and of the bytes in `tail`, as an
 * unsigned number. `fnv32a('a') === 0xe40c292c`.
 */
export function fnv32a(text: string, tail: readonly number[] = []): number {
  return fnv32aOf((sink) => sink.text(text), tail)
}

/** The same of a text that comes in pieces, none of which ends within a surrogate pair. */
export function fnv32aOf(print: (sink: Sink) => unknown, tail: readonly number[] = []): number {
  let hash = offsetBasis
  print({
    constant: ({ bytes }) => {
      for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] as number), prime)
    },
    text: (piece) => {
      hash = addText(hash, piece)
    },
    letters: (text) => {
      hash = addLetters(hash, text)
    },
  })
  for (const byte of tail) hash = add(hash, byte & 0xff)
  return hash >>> 0
}

function addText(before: number, text: string): number {
  let hash = before
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) hash = Math.imul(hash ^ unit, prime)
    else {
      const point = codePointOf(text, i)
      if (point > 0xffff) i++
      hash = addMultiByte(hash, point)
    }
  }
  return hash
}

/** Nearly all texts are printed in JSON as they are: these are hashed in one walk. */
function addLetters(before: number, text: string): number {
  let hash = before
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (!isPlainLetter(unit)) return addText(before, goLetters(text))
    hash = Math.imul(hash ^ unit, prime)
  }
  return hash
}

function codePointOf(text: string, index: number): number {
  const point = text.codePointAt(index) ?? 0
  return point >= 0xd800 && point <= 0xdfff ? 0xfffd : point
}

function addMultiByte(hash: number, point: number): number {
  const last = 0x80 | (point & 0x3f)
  if (point < 0x800) return add(add(hash, 0xc0 | (point >> 6)), last)
  const third = 0x80 | ((point >> 6) & 0x3f)
  if (point < 0x10000) return add(add(add(hash, 0xe0 | (point >> 12)), third), last)
  return add(add(add(add(hash, 0xf0 | (point >> 18)), 0x80 | ((point >> 12) & 0x3f)), third), last)
}
