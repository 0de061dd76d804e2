import { knownInvariants } from '../../check/catalog'
import { type CheckReport, tryStrategyPart } from '../../check/check'
import type { CheckPart } from '../../check/parts'
import type { ControllerVersion } from '../../model/controllerVersion'
import type { KubeObject } from '../../model/meta'

/** What a check tries, as data: sentences are functions, which do not get into a thread. */
export interface Checked {
  readonly manifests: readonly KubeObject[]
  readonly name: string | undefined
  readonly controller: ControllerVersion | undefined
  /** Ids of sentences that are left out. */
  readonly except: readonly string[]
}

/** Tries a part of a check. */
export const tryPart = (
  { manifests, name, controller, except }: Checked,
  { seed, runs, corpus, found }: CheckPart,
): CheckReport => {
  const invariants = knownInvariants.filter(({ id }) => !except.includes(id))
  return tryStrategyPart(manifests, { runs, seed, corpus, name, invariants, options: { controller } }, new Set(found))
}
