import type { Violation } from '../../src/check/invariant'
import type { Scenario } from '../../src/check/scenario'
import type { ControllerVersion } from '../../src/model/controllerVersion'
import type { KubeObject } from '../../src/model/meta'

/** A cold start: the controller, and where the made-up Rollouts begin. */
export interface Start {
  readonly controller: ControllerVersion
  readonly seed: number
}

/** A violation that a search met, in its smallest run. Plain data. */
export interface Found extends Start {
  /** Seconds of processor time until the search met it. */
  readonly seconds: number
  /** The Rollout was made up from the seed plus this number. */
  readonly round: number
  /** The row of the collection; absent: the violation is in none. */
  readonly row?: number
  readonly invariant: string
  readonly sentence: string
  readonly seen: string
  readonly atSeconds: number
  readonly manifests: readonly KubeObject[]
  readonly scenario: Scenario
  /** The second of the violation under each controller; undefined where the sentence holds. */
  readonly verdicts: Readonly<Record<string, number | undefined>>
}

export const foundIn = (violation: Violation): Pick<Found, 'invariant' | 'sentence' | 'seen' | 'atSeconds'> => ({
  invariant: violation.invariant.id,
  sentence: violation.invariant.sentence,
  seen: violation.seen,
  atSeconds: violation.atSeconds,
})
