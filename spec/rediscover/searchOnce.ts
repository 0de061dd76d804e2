import { knownInvariants } from '../../src/check/catalog'
import { findFacts } from '../../src/check/facts'
import { runScenario } from '../../src/check/scenario'
import { controllerVersions } from '../../src/model/controllerVersion'
import { type Found, foundIn, type Sighting, type Start } from './found'
import { isConfirmed, type Row, rowOf } from './rows'
import { type Hit, type SearchState, startSearch } from './search'
import { smaller, verdictUnder } from './smaller'

const nameOf = (hit: Hit): string => `${rowOf(hit)?.row ?? hit.violation.invariant.id}`

/** How far a search has come: what it told, and where it goes on. */
export interface Progress {
  /** Seconds of processor time so far. */
  readonly seconds: number
  readonly sightings: readonly Sighting[]
  readonly doubts: Readonly<Record<string, number>>
  /** Where it goes on; a search that is over has none. */
  readonly search?: SearchState
  readonly isOver?: true
}

const noProgress: Progress = { seconds: 0, sightings: [], doubts: {} }

const mostDoubts = 12

/** Runs under other versions cost time: after some that do not confirm a row it is not looked for any more. */
function doubting(doubts: Record<string, number>): (row: Row, hit: Hit) => boolean {
  return (row, hit) => {
    const doubted = doubts[row.row] ?? 0
    if (doubted >= mostDoubts) return false
    const isIt = isConfirmed(row, hit)
    if (!isIt) doubts[row.row] = doubted + 1
    return isIt
  }
}

const secondsBetweenSaves = 5

interface SearchOptions {
  readonly mostSeconds: number
  readonly progress: Progress | undefined
  readonly save: (progress: Progress) => Promise<void>
}

/** Searches from a cold start, or from where it was, for the first run of each row and of each sentence. */
export async function searchOnce(start: Start, { mostSeconds, progress, save }: SearchOptions): Promise<void> {
  const { controller, seed, rows } = start
  const before = progress ?? noProgress
  const doubts = { ...before.doubts }
  const isSure = doubting(doubts)
  const since = process.cpuUsage()
  const elapsed = (): number => {
    const { user, system } = process.cpuUsage(since)
    return before.seconds + (user + system) / 1e6
  }
  const search = startSearch(controller, seed, before.search)
  let sightings = before.sightings
  const told = new Set(sightings.map(({ row, invariant }) => `${row ?? invariant}`))
  const look = (hit: Hit): void => {
    const [seconds, name, row] = [elapsed(), nameOf(hit), rowOf(hit)]
    if (seconds > mostSeconds || told.has(name)) return
    if (row && (row.holdsUnder?.includes(controller) || !isSure(row, hit))) return
    told.add(name)
    const { manifests, scenario, round, violation } = hit
    const invariant = violation.invariant.id
    const sighting = { controller, seed, seconds, round, manifests, scenario, invariant, ...(row && { row: row.row }) }
    sightings = [...sightings, sighting]
  }
  let nextSave = before.seconds + secondsBetweenSaves
  const isOver = (): boolean => rows?.every((row) => told.has(`${row}`)) === true || elapsed() >= mostSeconds
  while (!isOver()) {
    for (const hit of search.next()) look(hit)
    if (elapsed() < nextSave) continue
    await save({ seconds: elapsed(), sightings, doubts, search: search.state() })
    nextSave = elapsed() + secondsBetweenSaves
  }
  await save({ seconds: elapsed(), sightings, doubts, isOver: true })
}

/** The run again. */
export function hitOf({ controller, manifests, scenario, invariant, round }: Sighting): Hit | undefined {
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
  const small =
    row && !isConfirmed(row, quick) ? smaller(hit, (other) => isSame(other) && isConfirmed(row, other)) : quick
  return foundOf(sighting, withTimeAfter(small, hit.scenario.untilSeconds))
}

/** How much later another version may break the sentence in the same run. */
const secondsAfter = 120

/** A run that ends with the violation would say that a version holds which breaks the sentence a second later. */
export function withTimeAfter(small: Hit, mostSeconds: number): Hit {
  const untilSeconds = Math.min(mostSeconds, small.violation.atSeconds + secondsAfter)
  const scenario = { ...small.scenario, untilSeconds }
  const row = rowOf(small)
  return untilSeconds > small.scenario.untilSeconds && (!row || isConfirmed(row, { ...small, scenario }))
    ? { ...small, scenario }
    : small
}

export function foundOf(sighting: Sighting, small: Hit): Found {
  const { manifests, scenario, violation } = small
  const verdicts = Object.fromEntries(controllerVersions.map((version) => [version, verdictUnder(version, small)]))
  return { ...sighting, manifests, scenario, verdicts, ...foundIn(violation) }
}
