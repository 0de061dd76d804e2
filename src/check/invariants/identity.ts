import { podTemplateHashLabel } from '../../model/labelKeys'
import { sameJson } from '../../model/sameJson'
import type { Invariant } from '../invariant'
import type { StrategyState } from '../state'

const templateOf = ({ rollout }: StrategyState): unknown => rollout?.spec.template

/** A ReplicaSet of the Rollout, not of an Experiment. */
const createdSet = ({ changes }: StrategyState) =>
  changes.flatMap((change) =>
    change.kind === 'createReplicaSet' && change.replicaSet.metadata.ownerReferences?.[0]?.kind === 'Rollout'
      ? [change.replicaSet]
      : [],
  )[0]

export const stableIdentity: Invariant = {
  id: 'S8',
  sentence: 'a new ReplicaSet comes from an edit of the pod template, and from nothing else',
  threads: ['AR#4696', 'AR#4818'],
  start: () => {
    let running: { readonly template: unknown; readonly hash: string | undefined } | undefined
    return {
      next: (now) => {
        const [template, set] = [templateOf(now), createdSet(now)]
        if (template === undefined) return undefined
        const hash = set?.metadata.labels?.[podTemplateHashLabel]
        const isSpurious = set && running && running.hash !== hash && sameJson(running.template, template)
        const seen = isSpurious
          ? `${set.metadata.name} is made, and the template is that of ${running?.hash}`
          : undefined
        if (set) running = { template, hash }
        else if (running === undefined && now.newestHash !== undefined) running = { template, hash: now.newestHash }
        return seen
      },
    }
  },
}
