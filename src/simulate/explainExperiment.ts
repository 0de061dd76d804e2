import type { ClusterObjects } from '../cluster/objects'
import { reconcileExperiment } from '../experiment/reconcileExperiment'
import { isCompletedPhase } from '../model/analysisPhases'
import { blockerText } from '../model/blockerText'
import type { Experiment } from '../model/experiment'
import { asKind } from '../model/kinds'
import { observeExperiment } from './observeExperiment'

/** Why an Experiment ended as it did, or what it waits for; undefined if the key is not an Experiment's. */
export function explainExperiment(objects: ClusterObjects, key: string, now: string): string | undefined {
  const experiment = objects[key]
  if (experiment?.kind !== 'Experiment') return undefined
  const { status = {} } = asKind('Experiment', experiment)
  const { blockers } = reconcileExperiment(observeExperiment(objects, key, now))
  const waits = blockers.filter(({ code }) => code !== 'ended')
  const told = waits.map(blockerText).map(({ waitsFor, clearedBy }) => `${waitsFor} (what ends it: ${clearedBy})`)
  if (!isCompletedPhase(status.phase)) return `not over: it waits for ${told.join('; ') || 'nothing that is known'}`
  return `ended ${status.phase}: ${endReason(asKind('Experiment', experiment))}`
}

/** The reason is the worst template or analysis; if all succeeded, the reason for the end. */
function endReason({ spec, status = {} }: Experiment): string {
  const runs = (status.analysisRuns ?? []).filter(({ phase }) => phase === status.phase)
  const templates = (status.templateStatuses ?? []).filter((one) => one.status === status.phase)
  if (status.phase !== 'Successful') {
    const named = [
      ...templates.map(({ name, message }) => `template '${name}'${message ? ` (${message})` : ''}`),
      ...runs.map(({ name, message }) => `analysis '${name}'${message ? ` (${message})` : ''}`),
    ]
    return named.join('; ') || status.message || 'nothing says why'
  }
  const required = (spec.analyses ?? []).filter(({ requiredForCompletion }) => requiredForCompletion)
  if (spec.terminate) return 'it was terminated'
  if (required.length > 0) return `the required analyses succeeded (${required.map(({ name }) => name).join(', ')})`
  return spec.duration ? `${spec.duration} have passed since all templates became available` : 'all analyses succeeded'
}
