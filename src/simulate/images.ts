import { fieldOf, itemsOf, textOf } from './assume/walk'

const containerLists = ['initContainers', 'containers', 'ephemeralContainers'] as const

/** All containers of a pod spec: a pod is ready only if every one of them does its part. */
export const containersOf = (podSpec: unknown): readonly unknown[] =>
  containerLists.flatMap((list) => itemsOf(fieldOf(podSpec, list)))

/** Images of all containers of a pod spec. */
export const imagesOf = (podSpec: unknown): readonly string[] =>
  containersOf(podSpec).map((container) => textOf(fieldOf(container, 'image')))
