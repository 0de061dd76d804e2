import type { Frame } from '../../simulate/frame'

/** The share of requests that a revision gets, in percent. */
export interface Share {
  /** Revision of the Rollout; 0 for Services of an Experiment. */
  readonly revision: number
  readonly percent: number
}

const rolesOf = ({ roles }: Frame, revision: number): readonly string[] => {
  const own: unknown = Object.hasOwn(roles, String(revision)) ? roles[String(revision)] : undefined
  return Array.isArray(own) ? own : []
}

const revisionWith = (frame: Frame, role: string): number | undefined =>
  Object.keys(frame.roles)
    .map(Number)
    .find((revision) => rolesOf(frame, revision).includes(role))

/**
 * Who gets requests: what the router really does; of blue-green the active revision; without a router as many as there
 * are available pods.
 */
export function sharesOf(frame: Frame, maxWeight: number): readonly Share[] {
  const { active, effectiveWeight, pods } = frame
  if (active !== null) return active > 0 ? [{ revision: active, percent: 100 }] : []
  const stable = revisionWith(frame, 'stable')
  if (effectiveWeight !== null) return routedShares(frame, stable, maxWeight, effectiveWeight)
  const total = pods.reduce((sum, { available }) => sum + available, 0)
  return total === 0 ? [] : pods.map(({ revision, available }) => ({ revision, percent: (100 * available) / total }))
}

function routedShares(frame: Frame, stable: number | undefined, maxWeight: number, weight: number): readonly Share[] {
  const canary = revisionWith(frame, 'canary')
  const percent = (part: number): number => Math.min(100, Math.max(0, (100 * part) / maxWeight))
  const ofCanary = canary === undefined ? 0 : percent(weight)
  const others = percent(frame.destinations.reduce((sum, one) => sum + one.weight, 0))
  return [
    ...(canary === undefined ? [] : [{ revision: canary, percent: ofCanary }]),
    ...(others > 0 ? [{ revision: 0, percent: others }] : []),
    ...(stable === undefined ? [] : [{ revision: stable, percent: Math.max(0, 100 - ofCanary - others) }]),
  ]
}

/** The weight that the canary was given on the router, in percent; undefined without a canary or a router. */
export function commandedPercent(frame: Frame, maxWeight: number): number | undefined {
  if (frame.weight === null || revisionWith(frame, 'canary') === undefined) return undefined
  return Math.min(100, Math.max(0, (100 * frame.weight) / maxWeight))
}
