import { fieldOf, itemsOf, textOf } from './assume/walk'

const containerLists = ['initContainers', 'containers', 'ephemeralContainers'] as const

/** All containers of a pod spec: a pod is ready only if every one of them does its part. */
export const containersOf = (podSpec: unknown): readonly unknown[] =>
  containerLists.flatMap((list) => itemsOf(fieldOf(podSpec, list)))

/** Images of all containers of a pod spec. They are asked for in every second in which pods change. */
export function imagesOf(podSpec: unknown): readonly string[] {
  if (typeof podSpec !== 'object' || podSpec === null) return []
  const known = remembered.get(podSpec)
  if (known) return known
  const images = containersOf(podSpec).map((container) => textOf(fieldOf(container, 'image')))
  remembered.set(podSpec, images)
  return images
}

/** Objects are immutable values. */
const remembered = new WeakMap<object, readonly string[]>()
