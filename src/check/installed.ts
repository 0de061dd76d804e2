import type { Issue } from '../model/issue'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import { simulate } from '../simulate/simulate'
import type { SimulationInput, Timeline } from '../simulate/simulation'
import { startObjects } from '../simulate/startObjects'

/** A cluster in which the first version is installed and Healthy. */
export interface Installed {
  readonly objects: Timeline['objects']
  /** The key of the Rollout. */
  readonly key: string
  readonly rollout: Rollout
  /** Doubts about the manifests. */
  readonly issues: readonly Issue[]
}

/** An install that takes longer never ends. */
const mostReconciles = 20_000

/** Installs the first version undisturbed, or returns why it does not become Healthy. */
export function install(
  input: Pick<SimulationInput, 'manifests' | 'name' | 'options' | 'missing'>,
): { readonly installed: Installed } | { readonly issues: readonly Issue[] } {
  const first = simulate({ ...input, untilSeconds: 3600, maxReconciles: mostReconciles })
  if (first.frames.length === 0) return { issues: first.issues }
  const { key } = startObjects(input.manifests as readonly KubeObject[], input.name, '2030-01-01T00:00:00Z')
  const rollout = key === undefined ? undefined : (first.objects[key] as unknown as Rollout | undefined)
  if (key !== undefined && rollout?.kind === 'Rollout' && first.outcome === 'healthy')
    return { installed: { objects: first.objects, key, rollout, issues: first.issues } }
  const message = `the first version does not get to Healthy in an undisturbed hour: it is ${first.outcome}`
  const why = {
    code: 'not-installed',
    path: 'kind',
    message: rollout?.status?.message ? `${message} (${rollout.status.message})` : message,
  }
  const errors = first.issues.filter(({ severity }) => severity !== 'warning')
  return { issues: errors.length > 0 ? errors : [why] }
}
