import { isBeside, objectsOfKind } from '../facts'
import { referencesOf } from '../references'
import { rolloutRule } from '../rule'

export const referenceInOtherNamespace = rolloutRule(
  {
    id: 'reference-in-other-namespace',
    severity: 'warning',
    summary: 'a reference to an object that exists only in another namespace',
    why: 'A Rollout finds Services, templates and Ingresses in its own namespace only; one of the same name elsewhere does not count, and the Rollout is refused.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/3504',
  },
  function* (rollout, at, target) {
    for (const { path, kind, name } of referencesOf(rollout)) {
      if (kind === 'ClusterAnalysisTemplate') continue
      const bearers = objectsOfKind(target, kind).filter(({ object }) => object.metadata.name === name)
      if (bearers.length === 0 || bearers.some((one) => isBeside(one, at))) continue
      const { namespace } = bearers[0]?.object.metadata ?? {}
      yield {
        path,
        message: `the only ${kind} called ${name} is in the namespace ${namespace}, not beside the Rollout`,
      }
    }
  },
)
