import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { simulationSchema } from '../../src/input/readSimulations'
import { scenario } from '../../src/scenario/builder'
import type { Simulation } from '../../src/scenario/document'
import { readSimulation } from '../../src/scenario/readSimulation'
import { runSimulation } from '../../src/scenario/runSimulation'
import { rate, shop } from './shop'

const root = fileURLToPath(new URL('../..', import.meta.url))

const told = (
  issues: readonly { readonly line?: number; readonly path: string; readonly message: string }[],
): string[] => issues.map(({ line, path, message }) => `${line ?? '-'} ${path}: ${message}`)

test('everything that is wrong with a text is told at once, with lines', () => {
  const text = `apiVersion: rollout-engine/v1
kind: Simulation
metadata: {}
spec:
  manifests: rollout.yaml
  untilSecond: 10
  pods: {readyAfterSeconds: 15s}
  events:
    - {at: 10, image: web:2}
    - {atSeconds: -1, command: promot}
  expectations:
    - nevr: available < 1
`
  expect(told(readSimulation(text).issues)).toEqual([
    '3 metadata.name: name is required: add it',
    '5 spec.manifests: expected a list, got text "rollout.yaml"',
    '6 spec.untilSecond: unknown field: did you mean untilSeconds? As it stands, nothing reads it',
    '7 spec.pods.readyAfterSeconds: expected an integer, got text "15s"',
    '9 spec.events[0].at: unknown field: nothing reads it (events has atSeconds, when, afterSeconds, whenPaused, whenHealthy, image, container, apply and 15 more)',
    '10 spec.events[1].atSeconds: expected a number of at least 0, got the number -1',
    '10 spec.events[1].command: expected one of "promote", "promote --full", "abort", "retry", "undo", "pause", "resume", "restart", "delete", got text "promot"',
    '12 spec.expectations[0].nevr: unknown field: did you mean never? As it stands, nothing reads it',
  ])
})

test.for(['', '- a', 'kind: Rollout', 'a: [', '\u0000', '{"kind": "Simulation"'])('%j is no Simulation', (text) => {
  const { simulations, issues } = readSimulation(text)
  expect(simulations).toEqual([])
  expect(issues.length).toBeGreaterThan(0)
})

test('what cannot be judged, or is not there, is told all at once before anything runs', () => {
  const simulation = {
    ...scenario('x', ['rollout.yaml', shop(), rate]).simulation,
    spec: {
      manifests: ['rollout.yaml', shop(), { kind: 'Rollout' }],
      events: [{ image: 'a', replicas: 1 }, {}, { when: 'canray', image: 'a' }, { afterSeconds: 3, image: 'a' }],
      expectations: [
        { never: 'weight(canry) > 1' },
        { never: 'weight(1)' },
        { always: 'available' },
        { never: 'a', always: 'b' },
        {},
        { expect: 'aborted' },
        { expect: 'aborted within soon after paused' },
        { eventually: 'aborted within 5x' },
        { invariant: 'S99' },
        { finally: 'outcom == "healthy"' },
        { never: 'phase <' },
      ],
    },
  } as unknown as Simulation
  const { issues, timeline, passed } = runSimulation(simulation)
  expect([timeline, passed]).toEqual([undefined, false])
  expect(told(issues).filter((line) => !line.includes('spec.manifests[2]'))).toEqual([
    '- spec.manifests[0]: rollout.yaml was not read: nobody gave its objects',
    '- spec.expectations[0].never: unknown name canry: did you mean canary?',
    '- spec.expectations[1].never: cannot use int as argument (type string) to call weight ',
    '- spec.expectations[2].always: expected bool, but got float64',
    '- spec.expectations[3]: expected exactly one of never, always, eventually, expect, finally, invariant, got never and always',
    '- spec.expectations[4]: expected exactly one of never, always, eventually, expect, finally, invariant, got none',
    '- spec.expectations[5].expect: say when: "CONDITION within 60s after CONDITION" or "CONDITION at 5m"; never, always, eventually and finally need no time',
    '- spec.expectations[6].expect: expected a time such as 90s, 5m or 1h30m, got "soon"',
    '- spec.expectations[7].eventually: expected a time such as 90s, 5m or 1h30m, got "5x"',
    '- spec.expectations[8].invariant: no known invariant is called S99: there are S1, S2, S3, S4, S5, S6, S7, S8, S9, S10, L1, L2, L3, L4, L5, L6, L7, L8, V1, V2, V3, V4, P1, T1',
    '- spec.expectations[9].finally: unknown name outcom: did you mean outcome?',
    '- spec.expectations[10].never: unexpected token EOF',
    '- spec.events[0]: expected exactly one of image, apply, replicas, workloadReplicas, command, specPatch, losePods, loseNodes, crashAfterChanges, staleSeconds, lostEventSeconds, repeatSeconds, clockStepSeconds, otherWrite, upgradeTo, autoscaleSeconds, got image and replicas',
    '- spec.events[1]: expected exactly one of image, apply, replicas, workloadReplicas, command, specPatch, losePods, loseNodes, crashAfterChanges, staleSeconds, lostEventSeconds, repeatSeconds, clockStepSeconds, otherWrite, upgradeTo, autoscaleSeconds, got none',
    '- spec.events[2].when: unknown name canray: did you mean canary?',
    '- spec.events[3].afterSeconds: afterSeconds counts from the moment of a condition: add when, or say atSeconds',
  ])
  expect(issues.some(({ path }) => path.startsWith('spec.manifests[2]'))).toBe(true)
})

test('a first version that does not come up is told', () => {
  const stuck = scenario('x', [shop({ paused: true }), rate]).at(10, { image: 'a' })
  expect(told(runSimulation(stuck.simulation).issues).at(-1)).toMatch(/does not get to Healthy in an undisturbed hour/)
})

test('slips in events are told by their place in the file', () => {
  const story = scenario('x', [shop(), rate])
    .when('updating', { command: 'abort' })
    .at(10, { image: 'a', container: 'shp' })
    .in({ series: { 'sucess-rate': [1] } })
  const places = runSimulation(story.simulation).issues.map(({ path }) => path)
  expect(places).toContain('spec.events[1].container')
  expect(places).toContain('spec.series.sucess-rate')
})

test('docs/reference/simulation.schema.json is the schema', () => {
  const file = readFileSync(join(root, 'docs/reference/simulation.schema.json'), 'utf8')
  expect(JSON.parse(file)).toEqual(simulationSchema())
})
