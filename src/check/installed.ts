import type { Issue } from '../model/issue'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import { wellFormedRollout } from '../rollout/validation/wellFormed'
import { simulate } from '../simulate/simulate'
import type { SimulationInput, Timeline } from '../simulate/simulation'
import { startObjects } from '../simulate/startObjects'
import { mostReconciles } from './limits'

/** A cluster in which the first version is installed and Healthy. */
export interface Installed {
  readonly objects: Timeline['objects']
  /** The key of the Rollout. */
  readonly key: string
  readonly rollout: Rollout
  /** Doubts about the manifests. */
  readonly issues: readonly Issue[]
}

/** Whether something scales is a question to the story that follows. */
const isOfManifests = ({ code }: Issue): boolean => code !== 'scaler-idle'

/** Installs the first version undisturbed, or returns why it does not become Healthy. */
export function install(
  input: Pick<SimulationInput, 'manifests' | 'name' | 'options' | 'missing' | 'maxReconciles'>,
): { readonly installed: Installed } | { readonly issues: readonly Issue[] } {
  const first = simulate({ maxReconciles: mostReconciles, ...input, untilSeconds: 3600 })
  if (first.frames.length === 0) return { issues: first.issues }
  const { key } = startObjects(input.manifests as readonly KubeObject[], input.name, '2030-01-01T00:00:00Z')
  const object = key === undefined ? undefined : first.objects[key]
  const rollout = object && wellFormedRollout(object)
  if (key !== undefined && rollout && object.kind === 'Rollout' && first.outcome === 'healthy')
    return { installed: { objects: first.objects, key, rollout, issues: first.issues.filter(isOfManifests) } }
  const message = `the first version does not get to Healthy in an undisturbed hour: it is ${first.outcome}`
  const why = {
    code: 'not-installed',
    path: 'kind',
    message: rollout?.status?.message ? `${message} (${rollout.status.message})` : message,
  }
  const errors = first.issues.filter(({ severity }) => severity !== 'warning')
  return { issues: errors.length > 0 ? errors : [why] }
}
