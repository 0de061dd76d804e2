import type { Violation } from '../../src/check/invariant'
import type { Scenario } from '../../src/check/scenario'
import type { ControllerVersion } from '../../src/model/controllerVersion'
import type { KubeObject } from '../../src/model/meta'

/** A cold start: the controller, and where the made-up Rollouts begin. */
export interface Start {
  readonly controller: ControllerVersion
  readonly seed: number
  /** Rows after which the search ends; without them it goes on until its time is over. */
  readonly rows?: readonly number[]
}

/** A violation as a search met it. Plain data. */
export interface Sighting {
  readonly controller: ControllerVersion
  readonly seed: number
  /** Seconds of processor time until the search met it. */
  readonly seconds: number
  /** The Rollout was made up from the seed plus this number. */
  readonly round: number
  /** The row of the collection; absent: the violation is in none. */
  readonly row?: number
  /** Id of the invariant. */
  readonly invariant: string
  readonly manifests: readonly KubeObject[]
  readonly scenario: Scenario
}

/** A violation in its smallest run. */
export interface Found extends Sighting {
  readonly sentence: string
  readonly seen: string
  readonly atSeconds: number
  /** The second of the violation under each controller; undefined where the sentence holds. */
  readonly verdicts: Readonly<Record<string, number | undefined>>
}

export const foundIn = (violation: Violation): Pick<Found, 'invariant' | 'sentence' | 'seen' | 'atSeconds'> => ({
  invariant: violation.invariant.id,
  sentence: violation.invariant.sentence,
  seen: violation.seen,
  atSeconds: violation.atSeconds,
})
