import type { ExperimentView, ReplicaSetView, RolloutView } from './rolloutView'

/** An image that runs, and which ReplicaSets run it: `stable`, `canary`, `Σ:baseline`. */
export interface ImageView {
  readonly image: string
  readonly tags: readonly string[]
}

const roles = ['canary', 'stable', 'active', 'preview', 'ping', 'pong'] as const

/** The images of ReplicaSets that have pods, those of Experiments included. */
export function imagesOf({ replicaSets, experiments }: RolloutView): readonly ImageView[] {
  const own = used(replicaSets, (set) => roles.filter((role) => set[role]))
  return merged([...own, ...experiments.flatMap(experimentImages)])
}

export const imagesOfExperiment = (experiment: ExperimentView): readonly ImageView[] =>
  merged(experimentImages(experiment))

const experimentImages = ({ replicaSets }: ExperimentView): readonly ImageView[] =>
  used(replicaSets, ({ template }) => (template === '' ? [] : [`Σ:${template}`]))

const used = (
  sets: readonly ReplicaSetView[],
  tagsOf: (set: ReplicaSetView) => readonly string[],
): readonly ImageView[] =>
  sets
    .filter(({ replicas }) => replicas > 0)
    .flatMap((set) => set.images.map((image) => ({ image, tags: tagsOf(set) })))

/**
 * One entry for each image, by name. Tags keep the order of roles, unless several ReplicaSets gave them: then they are
 * sorted.
 */
function merged(images: readonly ImageView[]): readonly ImageView[] {
  const byImage = new Map<string, readonly string[]>()
  for (const { image, tags } of images) {
    const known = byImage.get(image)
    byImage.set(image, known ? [...new Set([...known, ...tags])].sort(byCodePoints) : tags)
  }
  return [...byImage]
    .map(([image, tags]) => ({ image, tags }))
    .sort((left, right) => byCodePoints(left.image, right.image))
}

/** As Go compares texts: by bytes of UTF-8, which is the order of code points. */
function byCodePoints(left: string, right: string): number {
  const [before, after] = [[...left], [...right]]
  for (const [index, character] of before.entries()) {
    const difference = (character.codePointAt(0) ?? 0) - (after[index]?.codePointAt(0) ?? -1)
    if (difference !== 0) return difference
  }
  return before.length - after.length
}
