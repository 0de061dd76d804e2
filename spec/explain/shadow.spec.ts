import { describe, expect, test } from 'vitest'
import { shadow } from '../../src/explain/index'
import { mergeObjects } from '../conformance/trace'
import { readCases, vectorsFolder } from '../conformance/vectors'

// Recorded runs of the real controller, as somebody would have seen them who dumped the cluster after each reconcile.

/** Of a recorded trace: how often the engine made the same of what it saw. */
function countsOf(family: string, every: number) {
  const sum = { same: 0, commanded: 0, behind: 0, differs: 0 }
  for (const { start, steps } of readCases(vectorsFolder, family, every)) {
    let objects = mergeObjects({}, start?.objects ?? {})
    const key = Object.keys(objects).find((name) => name.startsWith('rollouts/')) ?? ''
    const seen = (steps ?? []).flatMap(({ now, world, reconcile, expect: did }) => {
      objects = mergeObjects(mergeObjects(objects, world ?? {}), did?.objects ?? {})
      return reconcile === key ? [{ now, objects }] : []
    })
    const { counts } = shadow(seen, key, { controller: 'main' })
    for (const [verdict, count] of Object.entries(counts)) sum[verdict as keyof typeof sum] += count
  }
  return sum
}

describe('shadow mode', () => {
  test.for(['canary-basic', 'blue-green', 'canary-routed'])('finds few differences in recorded runs: %s', (family) => {
    const { same, commanded, behind, differs } = countsOf(family, 60)
    const all = same + commanded + behind + differs
    expect(all).toBeGreaterThan(150)
    expect(differs / all).toBeLessThan(0.2)
  })

  test('says where a controller did something else', () => {
    const [trace] = readCases(vectorsFolder, 'canary-basic')
    const before = mergeObjects({}, trace?.start?.objects ?? {})
    const key = Object.keys(before).find((name) => name.startsWith('rollouts/')) ?? ''
    const lazy = mergeObjects(before, { [key]: { status: { phase: 'Healthy' } } })
    const { steps } = shadow(
      [before, lazy].map((objects) => ({ now: '2030-01-01T00:00:00Z', objects })),
      key,
    )
    expect(steps[0]).toMatchObject({ verdict: 'differs' })
    expect(steps[0]?.differences[0]).toEqual({ path: 'rollout status.phase', before: 'Healthy', after: 'Progressing' })
    expect(steps[0]?.decided[0]).toBe('Rollout updated to revision 1')
  })

  test('needs two observations of the Rollout', () => {
    expect(shadow([], 'rollouts/a/b')).toEqual({ steps: [], counts: { same: 0, commanded: 0, behind: 0, differs: 0 } })
  })
})
