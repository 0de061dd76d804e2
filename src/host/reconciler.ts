import { secondsUntilNextLook } from '../adapters/lookAgain'
import { waitingEventsOf } from '../adapters/outbox'
import { type AnyDecision, type Evidence, type Reconciled, reconcileObject } from '../adapters/reconcileObject'
import { statusPatch } from '../kube/statusPatch'
import { changeKey } from '../model/changeKey'
import type { EngineEvent, ObjectRef } from '../model/decision'
import { isJsonObject } from '../model/json'
import { asKind } from '../model/kinds'
import type { KubeObject } from '../model/meta'
import { reconcileService } from '../reconcile'
import type { Concerns } from './concerned'
import { type Memories, type ObjectMemory, observedVersion } from './memory'
import { observedExperiment, observedRollout, observedService, type Sight } from './observe'
import type { ReconcileRecord, Settings } from './options'
import type { HostPorts } from './ports'
import { analysisRunWork, experimentWork, rolloutWork, type Work } from './subjects'

/** What became of one reconcile. */
export type Outcome = Pick<ReconcileRecord, 'outcome' | 'error' | 'object' | 'observed' | 'decision'> & {
  /** Absent: reconcile again soon, with back-off. */
  readonly afterSeconds?: number
  /** Not before that, whatever changes. */
  readonly restMilliseconds?: number
}

/** What reconcilers need of the host. */
export interface Surroundings extends Memories, Pick<Concerns, 'mentioning'> {
  readonly ports: HostPorts
  readonly settings: Settings
  readonly lookAt: (ref: ObjectRef) => void
}

/** A cache that lags behind shows an object as it was before the last write: wait until it has caught up. */
const staleSeconds = 0.1

/** What changed something is looked at again after this, even where nobody tells of the change. */
const afterNewsSeconds = 1

/** Reconciles one object of a kind that the host takes care of. Rejects with what a port rejected with. */
export async function reconcile(around: Surroundings, ref: ObjectRef): Promise<Outcome> {
  const { ports, settings } = around
  const object = await ports.cluster.get(ref.kind, ref.namespace, ref.name)
  if (object && !settings.owns(object)) return { outcome: 'done', afterSeconds: settings.resyncSeconds }
  if (object && isStale(object, around.memoryOf(ref))) return { outcome: 'done', afterSeconds: staleSeconds }
  // With fractions: a wait that ends in a second is not over at its very beginning.
  const now = new Date(settings.clock.now()).toISOString()
  const sight = object ? sightOf(around.memoryOf(ref)) : 'wanted'
  switch (ref.kind) {
    case 'Rollout': {
      let observed: readonly KubeObject[] | undefined
      const outcome = await decided(around, ref, object, async (found) => {
        const observation = await observedRollout(ports.cluster, asKind('Rollout', found), now, sight)
        observed = objectsSeen(observation)
        return rolloutWork({ ...observation, options: settings.rollout }, ports)
      })
      return { ...outcome, ...(observed && { observed: { now, objects: observed } }) }
    }
    case 'Experiment':
      return decided(around, ref, object, async (found) => {
        const observation = await observedExperiment(ports.cluster, asKind('Experiment', found), now, sight)
        return experimentWork({ ...observation, options: settings.rollout }, ports)
      })
    case 'AnalysisRun':
      return decided(around, ref, object, async (found) => {
        const hideSecrets = settings.options.showSecrets !== true
        const options = { controller: settings.rollout.controller, hideSecrets }
        return analysisRunWork({ now, analysisRun: asKind('AnalysisRun', found), options }, ports)
      })
    default:
      if (!object) around.forget(ref)
      return object ? freed(around, object, ref) : { outcome: 'gone', afterSeconds: settings.resyncSeconds }
  }
}

/** Every object of an observation, once. */
const objectsSeen = (observation: object): readonly KubeObject[] => [
  ...new Set(
    Object.values(observation)
      .flatMap((seen: unknown) => (Array.isArray(seen) ? (seen as readonly unknown[]) : [seen]))
      .filter(
        (one): one is KubeObject => isJsonObject(one) && typeof one.kind === 'string' && isJsonObject(one.metadata),
      ),
  ),
]

/** What could not be created may be there already, and belong to somebody else: the next look is at everything. */
function sightOf(memory: ObjectMemory): Sight {
  const sight = memory.isInTheWay ? 'all' : 'wanted'
  memory.isInTheWay = false
  return sight
}

async function decided<Made extends AnyDecision, Answer>(
  around: Surroundings,
  ref: ObjectRef,
  object: KubeObject | undefined,
  workOf: (found: KubeObject) => Promise<Work<Made, Answer>>,
): Promise<Outcome> {
  const memory = around.memoryOf(ref)
  const waiting = waitingEventsOf<Evidence>(memory.eventHost)
  if (!object && ref.kind === 'Rollout' && memory.wasSeen) {
    memory.wasSeen = false
    await waiting.add([deletionOf(ref)])
  }
  const work = object && (await workOf(object))
  memory.wasSeen = work !== undefined
  const reconciled = await reconcileObject<Made, Answer>(
    {
      observe: async () => work,
      apply: async (change) => {
        const failure = await work?.apply(change)
        if (failure && change.kind.startsWith('create')) memory.isInTheWay = true
        return failure
      },
      answer: async (asks) => (work ? work.answer(asks) : {}),
      persistStatus: async (status, before) => {
        const write = { ref, status: status as object, ...(before !== undefined && { before: before as object }) }
        const version = await around.ports.cluster.writeStatus({
          ...write,
          patch: () => statusPatch(write.before, write.status),
          ...(object?.metadata.resourceVersion && { resourceVersion: object.metadata.resourceVersion }),
        })
        if (version !== undefined) memory.writtenVersion = version
      },
    },
    waiting,
  )
  if (!reconciled) {
    around.forget(ref)
    return { outcome: 'gone', afterSeconds: around.settings.resyncSeconds }
  }
  return { ...outcomeOf(reconciled, memory, around.settings), ...(object && { object }) }
}

const deletionOf = (object: ObjectRef): EngineEvent => ({
  object,
  type: 'Normal',
  reason: 'RolloutDeleted',
  message: `Rollout ${object.name}/${object.namespace} is deleted.`,
})

function outcomeOf<Made extends AnyDecision>(
  { decision, isNews, now }: Reconciled<Made>,
  memory: ObjectMemory,
  { resyncSeconds }: Settings,
): Outcome {
  const created = decision.changes.some(({ kind }) => kind === 'createReplicaSet')
  memory.creations = created ? memory.creations + 1 : 0
  const failure = decision.error === undefined ? {} : { error: decision.error }
  // An object that does not find what it made must not make it again at once.
  if (decision.requeueSoon || memory.creations > 1) {
    return { outcome: decision.error ? 'failed' : 'done', decision, ...failure }
  }
  const seconds = Math.min(secondsUntilNextLook(decision, now), resyncSeconds)
  const afterSeconds = isNews ? Math.min(seconds, afterNewsSeconds) : seconds
  memory.newsInRow = isNews ? memory.newsInRow + 1 : 0
  return { outcome: 'done', decision, ...failure, afterSeconds, restMilliseconds: restAfter(memory.newsInRow) }
}

/** So many changes in a row are an update that goes on; more may be two decisions that undo each other (AR#3078). */
const briskChanges = 10
const longestRestMilliseconds = 1000

/** A Rollout whose decisions undo each other would otherwise be reconciled without a pause. */
const restAfter = (newsInRow: number): number =>
  newsInRow <= briskChanges ? 0 : Math.min(longestRestMilliseconds, 5 * 2 ** Math.min(newsInRow - briskChanges, 20))

/** Frees a Service that no Rollout names any more, and looks at the Rollout that does. */
async function freed(
  { ports, settings, lookAt, mentioning }: Surroundings,
  service: KubeObject,
  ref: ObjectRef,
): Promise<Outcome> {
  const observation = await observedService(ports.cluster, asKind('Service', service), mentioning(ref))
  const { changes, lookAt: concerned } = reconcileService(observation)
  for (const ref of concerned) lookAt(ref)
  for (const change of changes) {
    const failure = await ports.cluster.apply(change)
    if (!failure) continue
    return { outcome: 'failed', error: { code: 'change-failed', path: changeKey(change), message: failure.message } }
  }
  return { outcome: 'done', afterSeconds: settings.resyncSeconds }
}

/** Versions of objects that are numbers grow; of others nobody knows which is older. */
function isStale(object: KubeObject, { writtenVersion }: ObjectMemory): boolean {
  const [seen, written] = [observedVersion(object.metadata.resourceVersion), observedVersion(writtenVersion)]
  return seen !== undefined && written !== undefined && seen < written
}
