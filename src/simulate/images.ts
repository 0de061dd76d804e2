import { fieldOf, itemsOf, textOf } from './assume/walk'

const containerLists = ['initContainers', 'containers', 'ephemeralContainers'] as const

/** All containers of a pod spec: a pod is ready only if every one of them does its part. */
export function containersOf(podSpec: unknown): readonly unknown[] {
  let all: readonly unknown[] = none
  for (const list of containerLists) {
    const items = itemsOf(fieldOf(podSpec, list))
    if (items.length > 0) all = all.length === 0 ? items : [...all, ...items]
  }
  return all
}

const none: readonly never[] = []

/** Images of all containers of a pod spec. */
export function imagesOf(podSpec: unknown): readonly string[] {
  const images: string[] = []
  // Not `map`, which keeps the holes of a sparse list.
  containersOf(podSpec).forEach((container) => {
    images.push(textOf(fieldOf(container, 'image')))
  })
  return images
}
