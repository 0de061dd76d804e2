import type { Frame } from '../frame'

/** Of all ReplicaSets, those of Experiments too. */
export const wantedPods = ({ pods, experiments }: Frame): number =>
  [...pods, ...Object.values(experiments).flatMap((experiment) => experiment.pods)].reduce(
    (sum, { wanted }) => sum + wanted,
    0,
  )
