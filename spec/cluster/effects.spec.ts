import { Immer } from 'immer'
import { expect, test } from 'vitest'
import { applied } from '../../src/cluster/applied'
import { changedBy, type Edit, effectOf } from '../../src/cluster/effects'
import { objectKey } from '../../src/cluster/objects'
import { reconcileExperiment, reconcileRollout } from '../../src/index'
import { observeExperiment } from '../../src/simulate/observeExperiment'
import { deepFreeze, observationOf, recordedSituations } from '../properties/recorded'

// What a change does to an object is written down once. The reducers and the modelled cluster copy by hand; a draft of immer, which
// sees every write wherever it is, gives the same result.

const context = { now: '2030-01-01T00:00:00Z', uidOf: (key: string) => key }
const immer = new Immer({ autoFreeze: false })

function drafted<T extends object>(object: T, { recipe }: Edit): T {
  return immer.produce(object, (draft) => {
    recipe(draft as Parameters<Edit['recipe']>[0])
  })
}

const withoutGeneration = (object: object | undefined): unknown =>
  JSON.parse(JSON.stringify(object ?? null, (key, value) => (key === 'generation' ? undefined : value)))

test.for([
  ['canary-basic', 19],
  ['canary-routed', 19],
  ['blue-green', 19],
  ['canary-analysis', 19],
  ['experiment', 7],
] as const)('%s: by hand and by immer', ([family, every]) => {
  let edits = 0
  for (const { name, situation } of recordedSituations(family, every)) {
    const { objects, key, now } = deepFreeze(situation)
    const { changes } = key.startsWith('rollouts/')
      ? reconcileRollout(observationOf(situation))
      : reconcileExperiment(observeExperiment(objects, key, now))
    for (const change of changes) {
      const effect = effectOf(change)
      if (effect?.does !== 'edit') continue
      const at = objectKey(effect.kind, effect.named.namespace, effect.named.name)
      const object = objects[at]
      if (!object) continue
      const draft = drafted(object, effect)
      const after = applied(objects, change, context)
      const wanted = [name, change.kind, withoutGeneration(draft)]
      expect([name, change.kind, withoutGeneration(after[at])]).toEqual(wanted)
      expect([name, change.kind, withoutGeneration(changedBy(object, effect))]).toEqual(wanted)
      // Where a draft is the object itself, nothing changed.
      expect([name, change.kind, after === objects]).toEqual([name, change.kind, draft === object])
      edits++
    }
  }
  expect(edits).toBeGreaterThan(0)
})
