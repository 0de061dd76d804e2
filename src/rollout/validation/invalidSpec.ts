import { type CodedFieldError, fieldErrorText } from '../../kube/fieldErrorBody'
import type { AnalysisTemplate } from '../../model/analysis'
import type { Rollout } from '../../model/rollout'
import type { Facts } from '../facts/facts'
import type { Validity } from '../specMemory'
import type { Problem } from '../turn/flow'
import { fieldPath } from './fieldPath'
import { lookUp } from './references/analyses'
import { firstReferenceError, missingErrors, referencesOf } from './references/referenceErrors'
import type { Surroundings } from './references/references'
import { remarshalled } from './remarshalled'
import { specErrors } from './specRules'

type Templates = NonNullable<Validity['templates']>

/** The first reason why the Rollout cannot be reconciled; while there is one, nothing else happens (behaviour 2). */
export const firstInvalidity = (facts: Facts): Problem | undefined => validityOf(facts).problem

/** The same, with the templates after validation. It stays the same while everything that it looks at does. */
export function validityOf(facts: Facts): Validity {
  const looked = lookedAt(facts)
  const known = facts.memory.validity
  if (known && isSameLook(known.looked, looked)) return known.validity
  const validity = judge(facts)
  facts.memory.validity = { looked, validity }
  return validity
}

/** Everything that validation looks at. */
const lookedAt = (facts: Facts): readonly unknown[] => [
  facts.observed.rollout.spec,
  // Those of the workload, where there is one.
  facts.rollout.spec.template,
  facts.rollout.spec.selector,
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
  const broken = specErrors(rollout, {
    isTemplateResolved: !facts.isWorkloadUnresolved,
    dialect: facts.semantics.validation,
  })[0]
  if (broken) return { problem: problemOf(broken, 'invalid-spec', rollout) }
  const surroundings = surroundingsOf(facts)
  const references = referencesOf(rollout, surroundings)
  const missing = missingErrors(rollout, surroundings, references)[0]
  if (missing) return { problem: problemOf(missing, 'invalid-reference', rollout) }
  if (facts.observed.options?.sharesTemplates) return judgeWithSharedTemplates(facts, rollout, surroundings)
  const unfit = firstReferenceError(rollout, references)
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
  const unfit = firstReferenceError(rollout, referencesOf(rollout, surroundings), {
    templatesFor: (analysis) => lookUp(surroundings, analysis),
    notePlaceholders: shared.notePlaceholders,
  })
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
