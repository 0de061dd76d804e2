import { givenText, givenTexts } from '../model/given'
import { formsOf, isBlank, type SecretForm } from './secretForms'
import { lowerCase, spellingsOf } from './spellings'

const mask = '*****'

/** Hides secrets in a text. */
export type Masker = (text: string) => string

/**
 * Returns a function that hides these secrets in any text, in every form that a message may show: literally, without
 * the blanks around them, line by line, quoted by Go (`%q`), escaped for JSON, URLs or HTML (also twice), in Base64, in
 * other letters' case. Secrets of less than 4 characters are not hidden.
 *
 * `parts`: also considerable parts count (half of it, or ten characters).
 */
export function secretMasker(secrets: readonly string[], parts = false): Masker {
  const read = characterReader()
  const forms = [...new Set(secrets)].flatMap((secret) => formsOf(secret, parts)).map((form) => readForm(form, read))
  return forms.length === 0 ? (text) => text : (text) => masked(text, forms)
}

/**
 * Hides secrets in a text that people read, such as a line of a log, in every form that messages may show: literally,
 * without the blanks around them, line by line, quoted, escaped for JSON or URLs, in Base64, in another case, and
 * considerable parts of them. Secrets of less than 4 characters are not hidden.
 *
 * @example
 * import { hideSecrets } from 'rollout-engine/metrics'
 * hideSecrets('Get "http://h/a%20b%22c": EOF', ['a b"c\n']) // => 'Get "http://h/*****": EOF'
 */
export const hideSecrets = (text: string, secrets: readonly string[]): string =>
  secretMasker(givenTexts(secrets), true)(givenText(text))

interface ReadCharacter {
  readonly spellings: readonly string[]
  /** With which characters the spellings begin. */
  readonly firsts: readonly string[]
  readonly isBlank: boolean
}

/** Works out the spellings of a character once, however often the secrets have it. */
function characterReader(): (character: string) => ReadCharacter {
  const known = new Map<string, ReadCharacter>()
  return (character) => {
    const found = known.get(character)
    if (found) return found
    const spellings = spellingsOf(character)
    const firsts = [...new Set(spellings.map((spelling) => spelling[0] ?? ''))]
    const read = { spellings, firsts, isBlank: isBlank(character) }
    known.set(character, read)
    return read
  }
}

interface ReadForm {
  readonly characters: readonly ReadCharacter[]
  readonly enough: number
  /** The places of the form that may start at a position, by the first character there. */
  readonly begins: ReadonlyMap<string, readonly number[]>
}

function readForm({ characters, enough }: SecretForm, read: (character: string) => ReadCharacter): ReadForm {
  const all = characters.map(read)
  const begins = new Map<string, number[]>()
  for (let at = 0; at + enough <= all.length; at++) {
    const character = all[at]
    if (!character || character.isBlank) continue
    for (const first of character.firsts) {
      const list = begins.get(first)
      if (list) list.push(at)
      else begins.set(first, [at])
    }
  }
  return { characters: all, enough, begins }
}

function masked(text: string, forms: readonly ReadForm[]): string {
  const small = lowerCase(text)
  let shown = ''
  let from = 0
  for (let at = 0; at < small.length; ) {
    const end = longestEnd(small, at, forms)
    if (end === undefined) {
      at++
      continue
    }
    // Neighbours are one secret to the eye.
    shown += at === from && shown.endsWith(mask) ? '' : text.slice(from, at) + mask
    from = end
    at = end
  }
  return shown + text.slice(from)
}

function longestEnd(small: string, at: number, forms: readonly ReadForm[]): number | undefined {
  let longest: number | undefined
  for (const form of forms) {
    for (const begin of form.begins.get(small[at] ?? '') ?? []) {
      const end = endOfMatch(small, at, form, begin)
      if (end !== undefined && end > (longest ?? 0)) longest = end
      // A part that is long enough was found: whatever else begins here is found behind it.
      if (end !== undefined) break
    }
  }
  return longest
}

/** A run of backslashes has many readings; only this many are tried. */
const mostReadings = 16

/** The end of the match of a form from its character `begin` on; undefined if the match is too short. */
function endOfMatch(small: string, at: number, { characters, enough }: ReadForm, begin: number): number | undefined {
  let ends: readonly number[] = [at]
  let matched = 0
  for (let place = begin; place < characters.length; place++) {
    const character = characters[place]
    const next = character ? nextEnds(small, ends, character) : []
    if (next.length === 0) break
    ends = next
    if (!character?.isBlank) matched++
  }
  return matched >= enough ? Math.max(...ends) : undefined
}

function nextEnds(small: string, ends: readonly number[], character: ReadCharacter): readonly number[] {
  const next = new Set<number>()
  for (const end of ends) {
    for (const one of character.spellings) if (small.startsWith(one, end)) next.add(end + one.length)
  }
  // A blank in the midst may be printed as another one, as several, or not at all.
  if (character.isBlank) for (const end of ends) next.add(endOfBlanks(small, end))
  return [...next].slice(0, mostReadings)
}

const blankRun = /^(?:\s|\\[nrtvf]|\\u00[0-9a-f]{2}|%0[9a-d]|%20|\+)+/u
const longestBlankRun = 64

function endOfBlanks(small: string, at: number): number {
  const run = blankRun.exec(small.slice(at, at + longestBlankRun))
  return at + (run?.[0].length ?? 0)
}
