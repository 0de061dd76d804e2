import { expect, test } from 'vitest'
import { printsAsItself } from '../../src/kube/types/printsAsItself'
import { printThroughTypes } from '../../src/kube/types/rolloutPrint'
import { rolloutShapeOf } from '../../src/kube/types/rolloutShape'
import { controllerVersions } from '../../src/model/controllerVersion'
import { fc } from './fc'
import { spoilt } from './oddities'
import { observationOf, recordedSituations } from './recorded'

const specs = ['canary-routed', 'canary-analysis', 'blue-green'].flatMap((family) =>
  [...recordedSituations(family, 300)].map(({ situation }) => observationOf(situation).rollout.spec),
)

test('a spec that surely prints as itself does, also with odd values in it, for every version', () => {
  let sure = 0
  fc.assert(
    fc.property(
      fc.oneof(fc.constantFrom(...specs), spoilt(specs)),
      fc.constantFrom(...controllerVersions),
      (spec, controller) => {
        if (!printsAsItself(rolloutShapeOf(controller), 'RolloutSpec')(spec) || spec.workloadRef) return
        sure++
        expect(printThroughTypes(spec, { controller, isWorkloadUnresolved: false })).toBe(spec)
      },
    ),
    { numRuns: 2000 },
  )
  expect(sure).toBeGreaterThan(400)
})

test('most recorded specs do', () => {
  const stays = printsAsItself(rolloutShapeOf('main'), 'RolloutSpec')
  const own = specs.filter((spec) => !spec.workloadRef)
  expect(own.filter(stays).length / own.length).toBeGreaterThan(0.6)
})
