import { keysOf, withObject } from '../cluster/objects'
import { wellFormedCluster } from '../cluster/wellFormed'
import { applyMergePatch } from '../kube/mergePatch'
import { podTemplateHashLabel } from '../model/labelKeys'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import type { World } from './world'
import type { OtherWrite } from './worldEvent'

/**
 * Another program writes an object of the Rollout's namespace; false if there is none such. The Rollout itself has
 * events of its own for that.
 */
export function writeAsAnother(world: World, { kind, name, role, patch }: OtherWrite): boolean {
  const hash = role && hashOf(world, role)
  const key = keysOf(world.objects, kind, world.namespace).find((one) => {
    const { metadata } = world.objects[one] as KubeObject
    return name === undefined ? metadata.labels?.[podTemplateHashLabel] === hash : metadata.name === name
  })
  const object = key === undefined || key === world.key ? undefined : world.objects[key]
  if (key === undefined || !object || (name === undefined && hash === undefined)) return false
  world.objects = withObject(world.objects, key, patched(object, patch))
  return true
}

function hashOf({ objects, key }: World, role: OtherWrite['role']): string | undefined {
  const { stableRS, currentPodHash } = (objects[key] as Partial<Rollout> | undefined)?.status ?? {}
  return role === 'stable' ? stableRS : currentPodHash
}

/** The object keeps its name, whatever the patch says, and has the fields that an API server ensures. */
function patched(object: KubeObject, patch: OtherWrite['patch']): KubeObject {
  const { metadata: given, ...fields } = patch
  const { labels, annotations } = (given ?? {}) as Readonly<Record<string, unknown>>
  const merged = applyMergePatch(object, { ...fields, metadata: { labels, annotations } }) as KubeObject
  return wellFormedCluster({ object: { ...merged, kind: object.kind } }).object ?? object
}
