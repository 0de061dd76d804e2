import { describe, expect, test } from 'vitest'
import { parseManifests } from '../../src/input/index'
import { pathText } from '../../src/input/places'
import { filesOf, plainTexts } from '../cli/everyCommand'
import { without } from '../hostile/sweep/absent'
import { fieldsOf } from '../hostile/sweep/fields'

// Issue 12, item 8: a field that is missing altogether has a place too: its own path, and the line of what it is missing in.

const { items } = JSON.parse(filesOf(plainTexts)['apply.yaml'] ?? '') as { readonly items: readonly { kind: string }[] }

/** The line on which the field that holds this one begins: one field stands on each line. */
function lineOfParent(text: string, steps: readonly (string | number)[]): number {
  let line = 1
  let parent: unknown = JSON.parse(text)
  for (const step of steps.slice(0, -1)) {
    for (const [key, value] of Object.entries(parent as object)) {
      if (key === String(step)) break
      line += JSON.stringify(value, undefined, 1).split('\n').length
    }
    line++
    parent = (parent as Record<string | number, unknown>)[step]
  }
  return line
}

describe.each(items.map((item) => [item.kind, item] as const))('%s', (_, item) => {
  test('every issue about a missing field names it, and the line of its parent', () => {
    const withIt = new Set(parseManifests(JSON.stringify(item)).issues.map(({ path }) => path))
    let missing = 0
    for (const { steps } of fieldsOf(item)) {
      const text = JSON.stringify(without(item, steps), undefined, 1)
      for (const { path, line } of parseManifests(text).issues) {
        if (withIt.has(path)) continue
        expect([path, line]).toEqual([pathText(steps), lineOfParent(text, steps)])
        missing++
      }
    }
    expect(missing).toBeGreaterThan(3)
  })
})
