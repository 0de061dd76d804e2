import { expect, test } from 'vitest'
import { applied } from '../../src/cluster/applied'
import { changedBy, effectOf } from '../../src/cluster/effects'
import { objectKey } from '../../src/cluster/objects'
import { reconcileExperiment, reconcileRollout } from '../../src/index'
import { observeExperiment } from '../../src/simulate/observeExperiment'
import { deepFreeze, observationOf, recordedSituations } from '../properties/recorded'

// What a change does to an object is written down once. The reducers copy by hand and the modelled cluster edits a draft of immer, which
// sees every write wherever it is: both give the same result.

const context = { now: '2030-01-01T00:00:00Z', uidOf: (key: string) => key }

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
      const byHand = changedBy(object, effect)
      const after = applied(objects, change, context)
      const said = [name, change.kind]
      expect([...said, withoutGeneration(after[at])]).toEqual([...said, withoutGeneration(byHand)])
      // The same record: nothing changed.
      if (after === objects) expect([...said, byHand]).toEqual([...said, object])
      edits++
    }
  }
  expect(edits).toBeGreaterThan(0)
})
