import { applyManifest, lastApplied } from '../cluster/applyManifest'
import { withObject } from '../cluster/objects'
import type { Issue } from '../model/issue'
import type { KubeObject } from '../model/meta'
import { sameJson } from '../model/sameJson'
import { formatTime } from '../model/time'
import { assumeMissing, assumptionIssue } from './assume/assume'
import { placeManifest } from './startObjects'
import type { World } from './world'

/**
 * `kubectl apply` of manifests on the modelled cluster, and assumptions about objects that the Rollout refers to from
 * then on. `path` is that of the event, for issues.
 */
export function applyObjects(world: World, manifests: readonly KubeObject[], path: string): void {
  const before = world.objects
  for (const [index, manifest] of manifests.entries()) {
    const problem = applyOne(world, manifest)
    if (problem) world.issues.push({ ...problem, path: `${path}.apply[${index}]` })
  }
  if (world.objects === before) return
  assumeAgain(world)
}

type Problem = Omit<Issue, 'path'>

const notApplied = (code: string, message: string): Problem => ({ code, message, severity: 'warning' })

function applyOne(world: World, manifest: KubeObject): Problem | undefined {
  const now = formatTime(world.start + world.second)
  const placed = placeManifest(manifest, world.namespace, { uid: `applied-${world.created + 1}`, now })
  if (!placed) return notApplied('no-object', 'expected an object with kind and metadata.name: it was left out')
  const { key, object } = placed
  const what = `${object.kind} ${object.metadata.name}`
  const live = world.objects[key]
  const isAssumed = live?.metadata.uid?.startsWith('assumed-') === true
  if (live === undefined || isAssumed) {
    world.created++
    world.applied.set(key, manifest)
    world.objects = withObject(world.objects, key, object)
    const isOther = object.kind === 'Rollout' && key !== world.key
    return isOther ? notApplied('other-rollout', `${what} is another Rollout: it is not simulated`) : undefined
  }
  const last = lastApplied(live, world.applied.get(key))
  const { object: next, kept } = applyManifest(live, object, last)
  world.applied.set(key, manifest)
  if (sameJson(next, live)) return undefined
  world.objects = withObject(world.objects, key, next)
  if (kept.length === 0) return undefined
  const fields = kept.slice(0, 5).join(', ') + (kept.length > 5 ? ', …' : '')
  const message = `${what} has no note of the last apply, so what the new manifest leaves out stays, as with kubectl apply: ${fields}`
  return notApplied('apply-keeps', message)
}

/** Objects that the Rollout now refers to and that are not given. */
function assumeAgain(world: World): void {
  if (world.input.missing === 'strict' || !world.objects[world.key]) return
  const now = formatTime(world.start + world.second)
  const { objects, assumed } = assumeMissing(world.objects, world.key, now, world.assumed.length)
  world.objects = objects
  world.assumed.push(...assumed)
  world.issues.push(...assumed.map((one) => assumptionIssue(one, objects)))
}
