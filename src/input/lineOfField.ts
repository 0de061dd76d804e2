import { isJsonObject } from '../model/json'
import { limitsOf } from './limits'
import { itemsOf, pathOf } from './parseManifests'
import { lineFinder, offsetOf } from './places'
import { readText } from './text/readText'

/**
 * The line on which a field of an object stands, from 1: for issues that name a path of an object which was read from a
 * text before. A field that is missing has the line of what it is missing in; undefined if the text has no such object.
 *
 * @example
 * import { lineOfField } from 'rollout-engine/input'
 * const text = 'kind: Rollout\nmetadata:\n  name: web\nspec:\n  replicas: -1\n'
 * lineOfField(text, { kind: 'Rollout', name: 'web' }, 'spec.replicas') // => 5
 */
export function lineOfField(text: string, object: NamedObject, path: string): number | undefined {
  if (typeof text !== 'string' || typeof path !== 'string' || !isJsonObject(object)) return undefined
  return lineLocator(text)(object, path)
}

interface NamedObject {
  readonly kind: string
  readonly name: string
}

/** The same for several fields of one text, which is read once. */
export function lineLocator(text: string): (object: NamedObject, path: string) => number | undefined {
  const { documents } = readText(text, limitsOf({}))
  const lineOf = lineFinder(text)
  return ({ kind, name }, path) => {
    for (const document of documents) {
      for (const item of itemsOf(document, () => {})) {
        const { value } = item
        if (!isJsonObject(value) || value.kind !== kind || !isJsonObject(value.metadata)) continue
        if (value.metadata.name !== name) continue
        return lineOf(offsetOf(document, [...pathOf(item), ...pathOfText(path)]))
      }
    }
    return undefined
  }
}

/** A name in quotes; what is not JSON is taken as it is. */
function unquoted(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return quoted.slice(1, -1)
  }
}

/** The opposite of `pathText`. */
export function pathOfText(path: string): readonly (string | number)[] {
  const parts = path.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)
  return [...parts].map(([, index, quoted, plain]) => {
    if (index !== undefined) return Number(index)
    return quoted === undefined ? (plain ?? '') : unquoted(quoted)
  })
}
