import { limitsOf } from '../input/limits'
import { itemsOf, pathOf } from '../input/parseManifests'
import { columnOf, type FieldPath, lineFinder, offsetOf } from '../input/places'
import { readValue } from '../input/readObject'
import { readText } from '../input/text/readText'
import type { KubeObject } from '../model/meta'
import type { LintObject } from './rule'

/** The sound objects of a text, each with a way to find its fields in it. */
export function objectsOf(file: string, text: string): readonly LintObject[] {
  const { documents } = readText(text, limitsOf({}))
  const lineOf = lineFinder(text)
  const objects: LintObject[] = []
  for (const document of documents) {
    for (const item of itemsOf(document, () => {})) {
      const { object } = readValue(item.value, undefined, {}, false)
      if (!object) continue
      const prefix = pathOf(item)
      const placeOf = (path: FieldPath) => {
        const offset = offsetOf(document, [...prefix, ...path])
        return { line: lineOf(offset), column: columnOf(text, offset) }
      }
      objects.push({ file, documentIndex: document.index, prefix, object: object as KubeObject, placeOf })
    }
  }
  return objects
}
