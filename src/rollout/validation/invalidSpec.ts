import { type FieldError, fieldErrorText } from '../../kube/fieldErrorBody'
import type { AnalysisTemplate } from '../../model/analysis'
import type { Facts } from '../facts/facts'
import type { Problem } from '../turn/flow'
import { missingErrors, referenceErrors, referencesOf } from './references/referenceErrors'
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
  const rollout = remarshalled(facts.rollout)
  const [broken] = specErrors(rollout, {
    isTemplateResolved: !facts.isWorkloadUnresolved,
    dialect: facts.semantics.validation,
  })
  if (broken) return { problem: problemOf(broken, 'invalid-spec') }
  const { observed, namespace, services } = facts
  const { ingresses, virtualServices, mappings, appMeshResources } = observed
  const others = { namespace, services, ingresses, virtualServices, mappings, appMeshResources }
  const [missing] = missingErrors(rollout, { ...others, ...templatesOf(facts) })
  if (missing) return { problem: problemOf(missing, 'invalid-reference') }
  const shared = observed.options?.sharesTemplates ? sharedTemplates(facts) : undefined
  const surroundings: Surroundings = {
    ...others,
    // Read lazily: placeholders stay in shared templates.
    get analysisTemplates() {
      return (shared?.templates ?? facts).analysisTemplates
    },
    get clusterAnalysisTemplates() {
      return (shared?.templates ?? facts).clusterAnalysisTemplates
    },
  }
  const [unfit] = referenceErrors(rollout, referencesOf(rollout, surroundings), shared?.notePlaceholders)
  const templates = shared?.isChanged ? shared.templates : undefined
  return { problem: unfit && problemOf(unfit, 'invalid-reference'), templates }
}

const problemOf = (error: FieldError, code: string): Problem => ({
  error: fieldErrorText(error),
  code,
  path: error.path,
})

const templatesOf = ({ analysisTemplates, clusterAnalysisTemplates }: Facts): Templates => ({
  analysisTemplates,
  clusterAnalysisTemplates,
})

/** Quirk of recordings, see RolloutOptions.sharesTemplates: later readers find the placeholders in the template. */
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
