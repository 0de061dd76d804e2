import { shareOf } from '../answers/updates'
import type { Frame } from '../frame'

/**
 * The share of all requests that a revision gets, from 0 to 1. What the router does not send to a canary, stable gets.
 */
export function partOf(frame: Frame, revision: string): number {
  const isStable = frame.roles[revision]?.includes('stable') ?? false
  if (frame.effectiveWeight === null || !isStable) return shareOf(frame, revision)
  const hasCanary = Object.values(frame.roles).some((roles) => roles.includes('canary'))
  return hasCanary ? 1 - frame.effectiveWeight / 100 : 1
}
