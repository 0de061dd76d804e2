import type { AnalysisTemplate } from '../model/analysis'
import type { ControllerVersion } from '../model/controllerVersion'
import type { CanaryStep } from '../model/rollout'
import type { PodTemplate } from '../model/workload'
import type { RolloutDecision } from './observation'

// What was found out about a spec, which is an immutable value, and about the Rollout that has it. A status changes all
// the time; the spec stays the same object. An entry of a WeakMap costs as much as checking dozens of fields, so a
// reconcile of objects that nobody saw before makes this one only.

/** Each part says what it holds for, and the file that gives it compares that before it believes the part. */
export interface SpecMemory {
  /** The spec as the door reads it: itself if it is well-formed. */
  admitted: unknown
  decision: KnownDecision | undefined
  podHash: KnownPodHash | undefined
  stepHash: KnownStepHash | undefined
  validity: KnownValidity | undefined
}

/** The last decision, see rememberedDecision.ts. */
export interface KnownDecision {
  readonly rollout: object
  /** The lists of objects that the decision saw. They are copies: a host may refill its own. */
  readonly lists: readonly unknown[]
  readonly options: unknown
  readonly answers: unknown
  /** Undefined: the decision did not read the clock. */
  readonly now?: string
  readonly decision: KeptDecision
}

/** Every field of a decision, also those that may be missing. Its lists belong to the memory. */
export type KeptDecision = { readonly [Field in keyof Required<RolloutDecision>]: RolloutDecision[Field] }

/** See facts/templateChange.ts. */
interface KnownPodHash {
  readonly template: PodTemplate | undefined
  readonly collisionCount: number | null | undefined
  readonly controller: ControllerVersion
  readonly hash: string
}

interface KnownStepHash {
  readonly steps: readonly CanaryStep[] | undefined
  readonly controller: ControllerVersion
  readonly hash: string
}

/** See validation/invalidSpec.ts. */
interface KnownValidity {
  /** Everything that validation looked at. */
  readonly looked: readonly unknown[]
  readonly validity: Validity
}

/** The result of validating the spec and its references. */
export interface Validity {
  readonly problem?: { readonly error: string; readonly code?: string; readonly path: string }
  /** The templates after validation, if validation changed them. */
  readonly templates?: {
    readonly analysisTemplates: readonly AnalysisTemplate[]
    readonly clusterAnalysisTemplates: readonly AnalysisTemplate[]
  }
}

const memories = new WeakMap<object, SpecMemory>()

/** What is known about the spec of this Rollout, which may be of any type; undefined if nothing is. */
export function specMemoryOf(rollout: unknown): SpecMemory | undefined {
  if (typeof rollout !== 'object' || rollout === null) return undefined
  const { spec } = rollout as { readonly spec?: unknown }
  return typeof spec === 'object' && spec !== null ? memories.get(spec) : undefined
}

export const emptyMemory = (admitted?: unknown): SpecMemory => ({
  admitted,
  decision: undefined,
  podHash: undefined,
  stepHash: undefined,
  validity: undefined,
})

/** Where the door keeps what it read a spec as. */
export const admittedSpecs = {
  get: (spec: object): unknown => memories.get(spec)?.admitted,
  set: (spec: object, admitted: unknown): void => {
    memories.set(spec, emptyMemory(admitted))
  },
}

/** What is known about a spec that is well-formed: the door need not have seen it. */
export function memoryOfSound(spec: object): SpecMemory {
  const known = memories.get(spec)
  if (known) return known
  const memory = emptyMemory(spec)
  memories.set(spec, memory)
  return memory
}
