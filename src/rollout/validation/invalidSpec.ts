import { type FieldError, fieldErrorText } from '../../kube/fieldErrorBody'
import { patchConditions } from '../pause/pausedConditions'
import { selectorProblem } from '../pods/selectorProblem'
import { conditionOf, withoutCondition } from '../status/conditionList'
import type { Problem, Turn } from '../turn'
import type { NotePlaceholders } from './references/analyses'
import { missingErrors, referenceErrors, referencesOf } from './references/referenceErrors'
import type { Surroundings } from './references/references'
import { remarshalled } from './remarshalled'
import { specErrors } from './specRules'

/** A selector that Kubernetes cannot use: the controller does not get as far as validating the Rollout. */
export function unusableSelector({ rollout, namespace, name }: Turn): Problem | undefined {
  const problem = selectorProblem(rollout.spec.selector)
  if (problem === undefined) return undefined
  const error = `rollout ${namespace}/${name} has invalid label selector: ${problem}`
  return { error, code: 'invalid-spec', path: 'spec.selector' }
}

/** The first reason why the Rollout cannot be reconciled; nothing else happens while there is one (behaviour 2). */
export function firstInvalidity(turn: Turn): Problem | undefined {
  const rollout = remarshalled(turn.rollout)
  const [broken] = specErrors(rollout, {
    isTemplateResolved: !turn.isWorkloadUnresolved,
    dialect: turn.semantics.validation,
  })
  if (broken) return problemOf(broken, 'invalid-spec')
  const surroundings = surroundingsOf(turn)
  const [missing] = missingErrors(rollout, surroundings)
  if (missing) return problemOf(missing, 'invalid-reference')
  const [unfit] = referenceErrors(rollout, referencesOf(rollout, surroundings), notePlaceholders(turn))
  return unfit && problemOf(unfit, 'invalid-reference')
}

const problemOf = (error: FieldError, code: string): Problem => ({
  error: fieldErrorText(error),
  code,
  path: error.path,
})

/** Templates are read from the turn when they are asked for, see `notePlaceholders`. */
const surroundingsOf = (turn: Turn): Surroundings => ({
  namespace: turn.namespace,
  services: turn.services,
  get analysisTemplates() {
    return turn.analysisTemplates
  },
  get clusterAnalysisTemplates() {
    return turn.clusterAnalysisTemplates
  },
  ingresses: turn.observed.ingresses,
  virtualServices: turn.observed.virtualServices,
  mappings: turn.observed.mappings,
  appMeshResources: turn.observed.appMeshResources,
})

/** Quirk of recordings, see RolloutOptions.sharesTemplates: who comes later finds the placeholders in the template. */
function notePlaceholders(turn: Turn): NotePlaceholders | undefined {
  if (!turn.observed.options?.sharesTemplates) return undefined
  return (template, filled) => {
    const replaced = (list: Turn['analysisTemplates']) => list.map((one) => (one === template ? filled : one))
    turn.analysisTemplates = replaced(turn.analysisTemplates)
    turn.clusterAnalysisTemplates = replaced(turn.clusterAnalysisTemplates)
  }
}

/** Notes in the status why the Rollout is invalid, and since when. */
export function noteInvalidSpec(turn: Turn, reason: string): void {
  const { before } = turn
  const message = `The Rollout "${turn.name}" is invalid: ${reason}`
  const noted = conditionOf(before.conditions, 'InvalidSpec')
  const observed = (before.observedGeneration ?? '') === String(turn.rollout.metadata.generation ?? 0)
  if (observed && noted?.message === message) return
  const from =
    noted && noted.message !== message ? withoutCondition(before.conditions, 'InvalidSpec') : (before.conditions ?? [])
  patchConditions(turn, from, [{ type: 'InvalidSpec', status: 'True', reason: 'InvalidSpec', message }])
}
