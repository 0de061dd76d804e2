import { describe } from '../explain'
import { type Limits, utf8Length } from '../limits'
import type { Finding } from '../places'
import { type ReadText, readJsonText } from './jsonText'
import { readYamlText } from './yamlText'

/** The documents of a text in JSON or YAML, with places. */
export function readText(text: string, limits: Limits): ReadText {
  if (typeof text !== 'string') return { documents: [], unfinished: notText(text) }
  if (utf8Length(text, limits.maxBytes) > limits.maxBytes) return { documents: [], unfinished: tooLarge(limits) }
  // A byte order mark is kept in the text, so that places stay right: a space is nothing to both languages.
  const clean = text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text
  const json = /^\s*[[{]/.test(clean.slice(0, 10_000)) ? readJsonText(clean, limits) : undefined
  return json ?? readYamlText(text, limits)
}

const notText = (text: unknown): Finding => ({
  code: 'not-text',
  path: [],
  message: `expected the text of a manifest, got ${describe(text)}`,
})

const tooLarge = (limits: Limits): Finding => ({
  code: 'too-large',
  path: [],
  message: `the text has more than ${limits.maxBytes} bytes and was not read: give it in several files (a program may raise maxBytes)`,
})
