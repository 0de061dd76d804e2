import { type CodedFieldError, fieldErrorText } from '../../kube/fieldErrorBody'
import type { AnalysisTemplate } from '../../model/analysis'
import type { Rollout, RolloutSpec } from '../../model/rollout'
import type { Facts } from '../facts/facts'
import type { Problem } from '../turn/flow'
import { fieldPath } from './fieldPath'
import { firstReferenceError, missingErrors, referencesOf } from './references/referenceErrors'
import type { Surroundings } from './references/references'
import { remarshalled } from './remarshalled'
import { specErrors } from './specRules'

type Templates = Pick<Facts, 'analysisTemplates' | 'clusterAnalysisTemplates'>

/** The result of validating the spec and its references. */
export interface Validity {
  readonly problem?: Problem
  /** The templates after validation, if validation changed them. */
  readonly templates?: Templates
}

/** The first reason why the Rollout cannot be reconciled; while there is one, nothing else happens (behaviour 2). */
export const firstInvalidity = (facts: Facts): Problem | undefined => validityOf(facts).problem

/** The same, with the templates after validation. */
export function validityOf(facts: Facts): Validity {
  const looked = lookedAt(facts)
  const known = judged.get(facts.rollout.spec)
  if (known && isSameLook(known.looked, looked)) return known.validity
  const validity = judge(facts)
  judged.set(facts.rollout.spec, { looked, validity })
  return validity
}

/** By the spec: the verdict is the same while spec and references are the same objects as last time. */
const judged = new WeakMap<RolloutSpec, { readonly looked: readonly unknown[]; readonly validity: Validity }>()

/** Everything that validation looks at beside the spec. */
const lookedAt = (facts: Facts): readonly unknown[] => [
  facts.rollout.metadata,
  facts.rollout.status?.canary?.stablePingPong,
  facts.semantics.validation,
  facts.isWorkloadUnresolved,
  facts.services,
  facts.analysisTemplates,
  facts.clusterAnalysisTemplates,
  facts.observed.ingresses,
  facts.observed.virtualServices,
  facts.observed.mappings,
  facts.observed.appMeshResources,
  facts.observed.options?.sharesTemplates,
]

const isSameLook = (before: readonly unknown[], now: readonly unknown[]): boolean =>
  before.every((one, at) => one === now[at] || isSameList(one, now[at]))

const isSameList = (before: unknown, now: unknown): boolean =>
  Array.isArray(before) &&
  Array.isArray(now) &&
  before.length === now.length &&
  before.every((one, at) => one === now[at])

function judge(facts: Facts): Validity {
  const rollout = remarshalled(facts.rollout)
  const [broken] = specErrors(rollout, {
    isTemplateResolved: !facts.isWorkloadUnresolved,
    dialect: facts.semantics.validation,
  })
  if (broken) return { problem: problemOf(broken, 'invalid-spec', rollout) }
  const surroundings = surroundingsOf(facts)
  const [missing] = missingErrors(rollout, surroundings)
  if (missing) return { problem: problemOf(missing, 'invalid-reference', rollout) }
  if (facts.observed.options?.sharesTemplates) return judgeWithSharedTemplates(facts, rollout, surroundings)
  const unfit = firstReferenceError(rollout, referencesOf(rollout, surroundings))
  return unfit ? { problem: problemOf(unfit, 'invalid-reference', rollout) } : valid
}

const valid: Validity = {}

const surroundingsOf = ({ observed, namespace, services, analysisTemplates, clusterAnalysisTemplates }: Facts) => ({
  namespace,
  services,
  analysisTemplates,
  clusterAnalysisTemplates,
  ingresses: observed.ingresses,
  virtualServices: observed.virtualServices,
  mappings: observed.mappings,
  appMeshResources: observed.appMeshResources,
})

/** Quirk of recordings, see RolloutOptions.sharesTemplates: who comes later finds the placeholders in the template. */
function judgeWithSharedTemplates(facts: Facts, rollout: Rollout, around: Surroundings): Validity {
  const shared = sharedTemplates(facts)
  const surroundings: Surroundings = {
    ...around,
    // Read when they are asked for: placeholders stay in shared ones.
    get analysisTemplates() {
      return shared.templates.analysisTemplates
    },
    get clusterAnalysisTemplates() {
      return shared.templates.clusterAnalysisTemplates
    },
  }
  const unfit = firstReferenceError(rollout, referencesOf(rollout, surroundings), shared.notePlaceholders)
  const templates = shared.isChanged ? shared.templates : undefined
  return { problem: unfit && problemOf(unfit, 'invalid-reference', rollout), templates }
}

const problemOf = (error: CodedFieldError, code: string, { spec }: Rollout): Problem => ({
  error: fieldErrorText(error),
  code,
  path: fieldPath(error.path, spec),
})

const templatesOf = ({ analysisTemplates, clusterAnalysisTemplates }: Facts): Templates => ({
  analysisTemplates,
  clusterAnalysisTemplates,
})

function sharedTemplates(facts: Facts) {
  const shared = { templates: templatesOf(facts), isChanged: false, notePlaceholders }
  function notePlaceholders(template: AnalysisTemplate, filled: AnalysisTemplate): void {
    const replaced = (list: readonly AnalysisTemplate[]) => list.map((one) => (one === template ? filled : one))
    const { analysisTemplates, clusterAnalysisTemplates } = shared.templates
    shared.templates = {
      analysisTemplates: replaced(analysisTemplates),
      clusterAnalysisTemplates: replaced(clusterAnalysisTemplates),
    }
    shared.isChanged = true
  }
  return shared
}
