import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { knownInvariants } from '../../src/check/catalog'
import { replayScenario } from '../../src/check/replay'
import { controllerVersions } from '../../src/model/controllerVersion'
import { scenarioOf } from '../../src/scenario/counterexample'
import { readSimulation } from '../../src/scenario/readSimulation'

// The smallest runs that `npm run rediscover --save` found: each report of an outage, and the verdict under every controller.

const folder = fileURLToPath(new URL('rediscovered', import.meta.url))
const runs = readdirSync(folder).map((file) => {
  const { simulations } = readSimulation(readFileSync(join(folder, file), 'utf8'))
  const [{ simulation }] = simulations as [(typeof simulations)[0]]
  return { name: simulation.metadata.name, simulation }
})

test.for(runs)('$name', ({ simulation }) => {
  const { manifests, scenario, issues } = scenarioOf(simulation, {})
  expect(issues).toEqual([])
  const [expectation] = simulation.spec.expectations ?? []
  const invariants = knownInvariants.filter(({ id }) => id === expectation?.invariant)
  expect(invariants).toHaveLength(1)
  const verdicts = controllerVersions.map((controller) => {
    const { counterexample } = replayScenario(manifests, scenario, { invariants, options: { controller } })
    return `${controller} ${counterexample ? `violates ${counterexample.invariant} at ${counterexample.atSeconds} s` : 'holds'}`
  })
  expect(verdicts.join(', ')).toBe(simulation.metadata.annotations?.verdicts)
})
