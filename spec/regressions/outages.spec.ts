import { expect, test } from 'vitest'
import { knownInvariants } from '../../src/check/catalog'
import { findFacts } from '../../src/check/facts'
import { runScenario } from '../../src/check/scenario'
import { controllerVersions } from '../../src/model/controllerVersion'
import { type Outage, outages } from './outages'

const settleSeconds = 300
const untilSeconds = 700

/** The second of the violation under each controller, oldest first. */
function verdictsOf({ manifests, scenario, invariant }: Outage): readonly (number | null)[] {
  const invariants = knownInvariants.filter(({ id }) => id === invariant)
  const oldestFirst = [...controllerVersions].sort((left, right) => orderOf(left) - orderOf(right))
  return oldestFirst.map((controller) => {
    const { facts, issues } = findFacts(manifests, undefined, { controller })
    if (!facts) throw new Error(JSON.stringify(issues))
    const quiet = { firstInstall: false, events: [], pods: {}, router: {}, series: {} }
    const run = { ...quiet, ...scenario, healedAtSeconds: untilSeconds - settleSeconds, settleSeconds, untilSeconds }
    return runScenario(facts, run, invariants).violation?.atSeconds ?? null
  })
}

const orderOf = (version: string): number => (version === 'main' ? 1000 : Number(version.split('.')[1]))

test.for(outages)('row $row, $thread: $what', (outage) => expect(verdictsOf(outage)).toEqual(outage.verdicts))
