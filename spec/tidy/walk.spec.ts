import { expect, test } from 'vitest'
import { houseFiles } from './files'
import { walkOfCanary } from './walk'

test('who reads the reconcile of a canary from the top turns back less than 20 times, and never climbs', () => {
  const { files, returns, climbs } = walkOfCanary(houseFiles())
  expect(files.length).toBeGreaterThan(40)
  expect(files).toEqual(expect.arrayContaining(['src/rollout/canary.ts', 'src/rollout/traffic/reconcileTraffic.ts']))
  expect(climbs).toEqual([])
  expect(returns.length).toBeLessThan(20)
})

test('a way back, a climb and a helper are told apart', () => {
  const house = {
    reconcileRollout: `import { one, two } from './scale/a'
import { up } from './scale/b'
import { leaf } from './facts/c'
export const reconcileRollout = () => [leaf(), one(), up(), two()]`,
    'scale/a': `import { leaf2, leaf3 } from '../facts/c'
export function one() { return leaf2() }
export function two() { return leaf3() }`,
    'scale/b': `import { high, leaf4 } from '../status/d'
export const up = () => [leaf4(), high()]`,
    'status/d': `import { leaf5 } from '../facts/c'
export const leaf4 = () => 4
export const high = () => leaf5()`,
  }
  const helper =
    'export const leaf = () => 1\nexport const leaf2 = () => 2\nexport const leaf3 = () => 3\nexport const leaf5 = () => 5'
  const texts = Object.entries({ ...house, 'facts/c': helper })
  const walk = walkOfCanary(texts.map(([name, text]) => ({ path: `src/rollout/${name}.ts`, text })))
  expect(walk.returns).toEqual(['status/d.ts high', 'scale/a.ts two'])
  expect(walk.climbs).toEqual(['status/d.ts leaf4', 'status/d.ts high'])
  expect(walk.leafCalls).toBe(5)
})
