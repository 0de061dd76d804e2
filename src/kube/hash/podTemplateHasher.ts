import type { ControllerVersion } from '../../model/controllerVersion'
import { podTemplateHash } from './podTemplateHash'

/**
 * A `podTemplateHash` that recognises templates by identity and prints each only once. Make one for a reconcile:
 * nothing changes while that runs. Only a host whose observations are immutable values may keep one for longer, since
 * a template that is changed in place would keep its old hash; that is why there is no memo for the whole module.
 */
export function podTemplateHasher(): typeof podTemplateHash {
  const known = new WeakMap<object, Map<string, string>>()
  return (template, collisionCount, controller?: ControllerVersion) => {
    if (typeof template !== 'object' || template === null) return podTemplateHash(template, collisionCount, controller)
    const key = `${controller ?? ''} ${collisionCount ?? ''}`
    const hashes = known.get(template) ?? new Map<string, string>()
    const hash = hashes.get(key) ?? podTemplateHash(template, collisionCount, controller)
    known.set(template, hashes.set(key, hash))
    return hash
  }
}
