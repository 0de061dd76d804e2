import type { Awaitable } from '../ports'
import { changeChecks } from './changeChecks'
import { observationChecks } from './observationChecks'
import { otherChecks } from './otherChecks'
import { statusChecks } from './statusChecks'
import { benchOf, type ContractSubject, notForThese, type Promised } from './subject'

/** One check of the contract, for any test runner. */
export interface ContractCheck {
  /** Short and stable: `status-whole`. */
  readonly id: string
  /** What adapters have to do, in one sentence. */
  readonly promise: string
  /**
   * Opens the adapters, tries them, and closes them. Rejects with what is wrong. `not for these`: the adapters have no
   * such part.
   */
  readonly run: () => Promise<'kept' | 'not for these'>
}

/**
 * What a host's adapters promise to the engine, as checks that the host runs against its own: changes that may come
 * twice and in order, observations that never go back, statuses that are written whole, no lost updates, restarts.
 * `open` gives adapters on an empty store; each check opens its own.
 *
 * In vitest: `test.for(adapterContract(open))('$promise', ({ run }) => run())`. Time limits are the test runner's.
 *
 * @example
 * import { adapterContract } from 'rollout-engine/check'
 * import { memoryCluster } from 'rollout-engine/memory'
 * const checks = adapterContract(() => {
 *   const cluster = memoryCluster()
 *   return { ports: { cluster }, write: cluster.putObject, remove: cluster.removeObject }
 * })
 * const kept = await Promise.all(checks.map(({ run }) => run()))
 * kept.filter((one) => one === 'kept').length // => 22
 */
export const adapterContract = (open: () => Awaitable<ContractSubject>): readonly ContractCheck[] =>
  [...changeChecks, ...observationChecks, ...statusChecks, ...otherChecks].map((promised) => ({
    id: promised.id,
    promise: promised.promise,
    run: () => tried(promised, open),
  }))

async function tried({ id, promise, find }: Promised, open: () => Awaitable<ContractSubject>) {
  const opened: { subject?: ContractSubject } = {}
  const finding = await Promise.resolve()
    .then(async () => {
      opened.subject = await open()
      return find(benchOf(opened.subject))
    })
    .catch((error: unknown) => `a port rejected: ${String(error)}`)
  await closed(opened.subject)
  if (finding === notForThese) return 'not for these'
  if (finding !== undefined) throw new Error(`${id}: ${promise}. But ${finding}`)
  return 'kept'
}

/** What goes wrong while closing hides nothing of what was found. */
const closed = (subject: ContractSubject | undefined): Promise<unknown> =>
  Promise.resolve()
    .then(() => subject?.close?.())
    .catch(() => undefined)
