import type { ClusterObjects } from '../cluster/objects'
import type { AnalysisRun } from '../model/analysis'
import type { KubeObject } from '../model/meta'
import type { World } from './world'

/** The same record as long as nothing changed that a decision about the Rollout reads. */
export function sightOf(world: World): ClusterObjects {
  const { objects, sight } = world
  if (sight?.objects === objects) return sight.token
  const token = sight && readsTheSame(sight.objects, objects) ? sight.token : objects
  world.sight = { objects, token }
  return token
}

/** Nothing but measurements of AnalysisRuns changed. Of their statuses a Rollout reads the phase and the message. */
function readsTheSame(before: ClusterObjects, objects: ClusterObjects): boolean {
  const keys = Object.keys(objects)
  return (
    keys.length === Object.keys(before).length &&
    keys.every((key) => {
      const [old, object] = [before[key], objects[key]]
      return old === object || (key.startsWith('analysisruns/') && isSameRun(old, object))
    })
  )
}

function isSameRun(old: KubeObject | undefined, object: KubeObject | undefined): boolean {
  if (!old || !object) return false
  const [was, is] = [old, object].map(({ status }) => (status ?? {}) as AnalysisRun['status'] & object)
  return (
    old.metadata === object.metadata &&
    old.spec === object.spec &&
    was?.phase === is?.phase &&
    was?.message === is?.message
  )
}
