import { describe, expect, test } from 'vitest'
import { parseManifests, parseSeries, readObject } from '../../src/input'

// Inputs that once took many seconds or all memory. No time is measured: what is slow again ends in the timeout of the runner.

test('a table may have many columns and hardly any cells', () => {
  const columns = Array.from({ length: 50_000 }, (_, index) => `m${index}`).join(',')
  const { series, issues } = parseSeries(`${columns}\n${'1\n'.repeat(100_000)}`, 'csv')
  expect(issues).toEqual([])
  expect(series.m0).toHaveLength(100_000)
})

describe('YAML', () => {
  const filled = (part: string) => part.repeat(Math.floor(3_000_000 / part.length))

  test.for([
    ['lists in brackets', `[${filled('[],')}]`],
    ['mappings in brackets', `[${filled('{},')}]`],
    ['items', filled('-\n')],
    ['items in items', filled('- - a\n')],
  ])('of nothing but %s takes more memory than its tokens tell, and is cut off', ([, text]) => {
    const { objects, issues } = parseManifests(text as string)
    expect(objects).toEqual([])
    expect(issues).toMatchObject([{ code: 'too-large' }])
  })
})

describe('objects', () => {
  const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'a' } }

  test('with more mistakes than can be told end in an issue', () => {
    const steps = Array.from({ length: 200_000 }, () => 7)
    const { object, issues } = readObject({ ...rollout, spec: { strategy: { canary: { steps } } } })
    expect(object).toBeUndefined()
    expect(issues).toMatchObject([{ code: 'too-many-mistakes' }])
  })

  test('a wide list that contains itself is refused before it is walked', () => {
    const wide: unknown[] = Array.from({ length: 200_000 }, () => 0)
    wide.push(wide)
    const { issues } = readObject({ ...rollout, spec: { wide } })
    expect(issues).toMatchObject([{ code: 'too-large' }])
  })

  test('a sparse list of any length is refused', () => {
    const { issues } = readObject({ ...rollout, spec: { list: new Array(2 ** 32 - 1) } })
    expect(issues.at(-1)?.code).toMatch(/too-large|too-many-issues|not-json/)
  })
})
