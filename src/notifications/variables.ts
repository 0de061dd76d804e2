import type { EngineEvent } from '../model/decision'
import { isJsonObject, type JsonObject, ownValue } from '../model/json'
import { podTemplateHashLabel, revisionAnnotation } from '../model/labelKeys'
import type { KubeObject, ObjectMeta } from '../model/meta'
import { parseTime } from '../model/time'
import { fail } from './template/failure'

/** The changes of one object between two reconciles. */
export interface Happening {
  /** The object as the decision found it; absent if it is new. */
  readonly before?: KubeObject
  /** The object after it. */
  readonly after: KubeObject
  readonly events: readonly EngineEvent[]
  /** AnalysisRuns that templates may read; without the list, `analysisRuns` in a template is an error. */
  readonly analysisRuns?: readonly KubeObject[]
}

/**
 * The object that templates see as `rollout`. The controller emits events before it writes the status, so a Rollout or
 * an Experiment has its former status; an AnalysisRun has the new one already.
 */
export function seenObject({ before, after }: Happening): JsonObject {
  const { status: _, ...rest } = after as unknown as JsonObject
  const seen = after.kind === 'AnalysisRun' ? after : before
  const status = (seen as unknown as JsonObject | undefined)?.status
  return status === undefined ? rest : { ...rest, status }
}

const revisionOf = ({ annotations }: ObjectMeta): number => {
  const text = ownValue(annotations, revisionAnnotation) ?? ''
  return /^[+-]?\d+$/.test(text) ? Number(text) : 0
}

/** The runs of the current pods and revision, the youngest first; null if no run has the hash. */
export function runsSeen(rollout: JsonObject, runs: readonly KubeObject[]): readonly KubeObject[] | null {
  const { metadata, status } = rollout
  const hash = isJsonObject(status) && typeof status.currentPodHash === 'string' ? status.currentPodHash : ''
  const meta = (isJsonObject(metadata) ? metadata : {}) as unknown as ObjectMeta
  const near = runs.filter(
    (run) =>
      (run.metadata.namespace ?? '') === (meta.namespace ?? '') &&
      ownValue(run.metadata.labels, podTemplateHashLabel) === hash,
  )
  if (near.length === 0) return null
  const seconds = (run: KubeObject): number => parseTime(run.metadata.creationTimestamp) ?? Number.NEGATIVE_INFINITY
  return near
    .filter((run) => revisionOf(run.metadata) === revisionOf(meta))
    .sort((left, right) => (seconds(left) === seconds(right) ? 0 : seconds(left) < seconds(right) ? 1 : -1))
}

/** The variables of a template. */
export function templateData(
  rollout: JsonObject,
  { service, recipient }: { readonly service: string; readonly recipient: string },
  runs: readonly KubeObject[] | undefined,
): JsonObject {
  const data = { rollout, serviceType: service, recipient }
  return Object.defineProperties(data, {
    analysisRuns: variable(
      runs && (runsSeen(rollout, runs) as unknown as JsonObject[]),
      'analysisRuns: give the AnalysisRuns of the namespace',
    ),
    secrets: variable(undefined, 'secrets: no secret goes into a text'),
    time: variable(undefined, 'time: nothing here reads a clock'),
  }) as JsonObject
}

/** A variable, or the error that a template gets when it uses it. */
const variable = (value: JsonObject[] | null | undefined, problem: string): PropertyDescriptor => ({
  enumerable: true,
  get: () => (value === undefined ? fail(problem, 'unsupported') : value),
})
