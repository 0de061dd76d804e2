import { isJsonObject } from '../model/json'

// Nearly all labels are short words. Seeing that costs a fraction of the rules of kube/names.ts, which say what is
// wrong with the others. False says nothing.

/** By character code: 1 for letters and digits, 2 for what may only be between them, 0 for what no word has. */
const characters = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  return /[A-Za-z0-9]/.test(character) ? 1 : /[-_.]/.test(character) ? 2 : 0
})

/** A label's value, or the name in its key: at most 63 letters, digits, `-`, `_` and `.`, none of these at the ends. */
export function isPlainWord(text: string, from = 0): boolean {
  const last = text.length - 1
  if (last < from || last - from >= 63) return false
  for (let at = from; at < text.length; at++) if (!characters[text.charCodeAt(at)]) return false
  return characters[text.charCodeAt(from)] === 1 && characters[text.charCodeAt(last)] === 1
}

const domain = /^(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/

/** A label's key: `app`, `app.kubernetes.io/name`. */
function isPlainKey(key: string): boolean {
  const slash = key.indexOf('/')
  return isPlainWord(key, slash + 1) && (slash < 0 || domain.test(key.slice(0, slash)))
}

/** Labels that no rule could refuse. */
export const isPlainLabels = (labels: unknown): boolean => plainLabelsIn(labels) >= 0

/** How many labels there are; -1 if any is not plain. */
function plainLabelsIn(labels: unknown): number {
  if (!isJsonObject(labels)) return -1
  let count = 0
  for (const key in labels) {
    const value = labels[key]
    if (typeof value !== 'string' || (value !== '' && !isPlainWord(value)) || !isPlainKey(key)) return -1
    count++
  }
  return count
}

/** A selector of labels, without expressions, that selects something and that no rule could refuse. */
export function isPlainSelector(selector: unknown): boolean {
  return isJsonObject(selector) && selector.matchExpressions === undefined && plainLabelsIn(selector.matchLabels) > 0
}
