import { knownInvariants } from '../../src/check/catalog'
import { findFacts } from '../../src/check/facts'
import { runScenario } from '../../src/check/scenario'
import { controllerVersions } from '../../src/model/controllerVersion'
import { type Found, foundIn, type Sighting, type Start } from './found'
import { isMended, type Row, rowOf } from './rows'
import { type Hit, search } from './search'
import { smaller, verdictUnder } from './smaller'

const nameOf = (hit: Hit): string => `${rowOf(hit)?.row ?? hit.violation.invariant.id}`

const mostDoubts = 6

/** Runs under other versions cost time: after some that do not confirm a row it is not looked for any more. */
function doubting(): (row: Row, hit: Hit) => boolean {
  const doubts = new Map<number, number>()
  return (row, hit) => {
    const doubted = doubts.get(row.row) ?? 0
    if (doubted >= mostDoubts) return false
    const isIt = isMended(row, hit)
    if (!isIt) doubts.set(row.row, doubted + 1)
    return isIt
  }
}

/** Searches from a cold start, and tells the first run of each row and of each sentence. */
export function searchOnce({ controller, seed }: Start, mostSeconds: number, tell: (sighting: Sighting) => void): void {
  const isConfirmed = doubting()
  const start = process.cpuUsage()
  const elapsed = (): number => {
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1e6
  }
  const told = new Set<string>()
  for (const hit of search(controller, seed)) {
    const seconds = elapsed()
    if (seconds > mostSeconds) break
    if (hit === 'nothing') continue
    const [name, row] = [nameOf(hit), rowOf(hit)]
    if (told.has(name)) continue
    if (row && (row.holdsUnder?.includes(controller) || !isConfirmed(row, hit))) continue
    told.add(name)
    const { manifests, scenario, round, violation } = hit
    const invariant = violation.invariant.id
    tell({ controller, seed, seconds, round, manifests, scenario, invariant, ...(row && { row: row.row }) })
  }
}

/** The run again. */
function hitOf({ controller, manifests, scenario, invariant, round }: Sighting): Hit | undefined {
  const { facts } = findFacts(manifests, undefined, { controller })
  const sought = knownInvariants.filter(({ id }) => id === invariant)
  const run = facts && runScenario(facts, scenario, sought)
  return run?.violation && facts ? { manifests, facts, scenario, run, violation: run.violation, round } : undefined
}

/** The smallest run that shows the same. */
export function madeSmaller(sighting: Sighting): Found | undefined {
  const hit = hitOf(sighting)
  if (!hit) return undefined
  const [row, name] = [rowOf(hit), nameOf(hit)]
  const isSame = (other: Hit): boolean => nameOf(other) === name
  const quick = smaller(hit, isSame)
  const small = row && !isMended(row, quick) ? smaller(hit, (other) => isSame(other) && isMended(row, other)) : quick
  const { manifests, scenario, violation } = small
  const verdicts = Object.fromEntries(controllerVersions.map((version) => [version, verdictUnder(version, small)]))
  return { ...sighting, manifests, scenario, verdicts, ...foundIn(violation) }
}
