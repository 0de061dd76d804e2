import type { ObjectRef } from '../model/decision'
import { givenObject, givenText } from '../model/given'
import type { KubeObject } from '../model/meta'

export function refOf(object: KubeObject): ObjectRef {
  const { kind, metadata } = givenObject<Partial<KubeObject>>(object)
  return givenRef({ ...givenObject<Partial<ObjectRef>>(metadata), kind })
}

/** A reference with texts only. */
export function givenRef(ref: unknown): ObjectRef {
  const { kind, namespace, name } = givenObject(ref)
  return { kind: givenText(kind), namespace: givenText(namespace), name: givenText(name) }
}
