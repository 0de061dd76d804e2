import type { AnalysisRun } from '../model/analysis'
import { isCompletedPhase } from '../model/analysisPhases'
import type { OwnerReference } from '../model/meta'
import { measureTheSame } from './measureTheSame'

/** `reused`: the run already exists. Otherwise `run` has to be created, with a free name. */
export type RunCreation = { readonly run: AnalysisRun; readonly reused: boolean } | { readonly error: string }

/**
 * How to create a run whose name may be taken: an unfinished run with that name, the same owner and the same
 * measurements is reused; otherwise `<name>.1`, `<name>.2` and so on are tried (behaviour 4.2 "Collision").
 *
 * `existing`: the runs there are; only those of the run's namespace count. Error: a run without a controlling owner.
 */
export function planRunCreation(run: AnalysisRun, existing: readonly AnalysisRun[]): RunCreation {
  const owner = controllerOf(run)
  if (!owner) return { error: 'Supplied run does not have an owner reference' }
  const namespace = run.metadata.namespace ?? ''
  const byName = new Map(
    existing
      .filter(({ metadata }) => (metadata.namespace ?? '') === namespace)
      .map((taken) => [taken.metadata.name, taken] as const),
  )
  for (let collisions = 0; ; collisions++) {
    const name = collisions === 0 ? run.metadata.name : `${run.metadata.name}.${collisions}`
    const taken = byName.get(name)
    if (!taken) return { run: collisions === 0 ? run : { ...run, metadata: { ...run.metadata, name } }, reused: false }
    const isOurs = controllerOf(taken)?.uid === owner.uid && !isCompletedPhase(taken.status?.phase)
    if (isOurs && measureTheSame(run.spec, taken.spec)) return { run: taken, reused: true }
  }
}

const controllerOf = ({ metadata }: AnalysisRun): OwnerReference | undefined =>
  metadata.ownerReferences?.find((owner) => owner.controller === true)
