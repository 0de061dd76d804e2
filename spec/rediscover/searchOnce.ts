import { controllerVersions } from '../../src/model/controllerVersion'
import { type Found, foundIn, type Start } from './found'
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

/** Searches from a cold start, and tells the first run of each row and of each sentence, made smaller. */
export function searchOnce({ controller, seed }: Start, seconds: number, tell: (found: Found) => void): void {
  const isConfirmed = doubting()
  const start = process.cpuUsage()
  const elapsed = (): number => {
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1e6
  }
  const first = new Map<string, { readonly hit: Hit; readonly at: number }>()
  for (const hit of search(controller, seed)) {
    const at = elapsed()
    if (at > seconds) break
    if (hit === 'nothing') continue
    const [name, row] = [nameOf(hit), rowOf(hit)]
    if (first.has(name)) continue
    if (row && (row.holdsUnder?.includes(controller) || !isConfirmed(row, hit))) continue
    first.set(name, { hit, at })
  }
  for (const [name, { hit, at }] of first) {
    const row = rowOf(hit)
    const isSame = (other: Hit): boolean => nameOf(other) === name
    const quick = smaller(hit, isSame)
    const small = row && !isMended(row, quick) ? smaller(hit, (other) => isSame(other) && isMended(row, other)) : quick
    const { manifests, scenario, violation, round } = small
    const verdicts = Object.fromEntries(controllerVersions.map((version) => [version, verdictUnder(version, small)]))
    const about = { controller, seed, seconds: at, round, manifests, scenario, verdicts, ...foundIn(violation) }
    tell(row ? { ...about, row: row.row } : about)
  }
}
