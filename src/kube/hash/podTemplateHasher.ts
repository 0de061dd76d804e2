import type { ControllerVersion } from '../../model/controllerVersion'
import { podTemplateHash } from './podTemplateHash'

/**
 * A `podTemplateHash` that recognises templates by identity and prints each only once. Make one for a reconcile:
 * nothing changes while that runs. Only a host whose observations are immutable values may keep one for longer, since
 * a template that is changed in place would keep its old hash; that is why there is no memo for the whole module.
 */
export function podTemplateHasher(): typeof podTemplateHash {
  const known = new WeakMap<object, Hashed>()
  return (template, collisionCount, controller) => {
    if (typeof template !== 'object' || template === null) return podTemplateHash(template, collisionCount, controller)
    const last = known.get(template)
    if (last && last.collisionCount === collisionCount && last.controller === controller) return last.hash
    const hash = podTemplateHash(template, collisionCount, controller)
    known.set(template, { collisionCount, controller, hash })
    return hash
  }
}

/** The last hash of a template: of one controller, and a collision is rare. */
interface Hashed {
  readonly collisionCount: number | undefined | null
  readonly controller: ControllerVersion | undefined
  readonly hash: string
}
