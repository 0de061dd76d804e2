import { goJson } from '../../go/json/goJson'
import {
  type CodedFieldError,
  internalError,
  invalidPrinted,
  invalidValue,
  requiredValue,
} from '../../kube/fieldErrorBody'
import type { Rollout } from '../../model/rollout'
import { progressDeadlineSecondsOf, replicasOf, revisionHistoryLimitOf } from '../defaults'
import { selects } from '../facts/selector'
import { selectorProblem } from '../facts/selectorProblem'
import type { Dialect } from '../facts/semantics'
import { noteBlueGreenErrors } from './blueGreenRules'
import { noteCanaryErrors } from './canaryRules'
import { dialect as newestDialect } from './dialect'
import { hasPlainPods } from './plainParts'
import { printSelector } from './print'
import { isSet, noteBroken, type Rule } from './rule'
import { selectorErrors } from './selectorErrors'
import { templateErrors } from './templateErrors'

// The spec's own rules, in the controller's order (behaviour 2.1). Paths read `spec.strategy.steps`, without the
// strategy's name, as upstream's do.

export interface SpecOptions {
  /** The template came from `workloadRef`, as in every reconcile; in a manifest it did not. */
  readonly isTemplateResolved: boolean
  /** The rules of the controller's version; by default of the newest release. */
  readonly dialect?: Dialect
}

/** Errors in a Rollout's spec, in the controller's order; the controller stops at the first. */
export function specErrors(
  rollout: Rollout,
  { dialect = newestDialect, isTemplateResolved }: SpecOptions,
): readonly CodedFieldError[] {
  const found: CodedFieldError[] = []
  noteSpecErrors(found, rollout, dialect, isTemplateResolved)
  return found.length === 0 ? found : found.map((error) => dialect.printed(error, rollout))
}

function noteSpecErrors(
  found: CodedFieldError[],
  rollout: Rollout,
  dialect: Dialect,
  isTemplateResolved: boolean,
): void {
  noteBroken(found, replicasRules, rollout)
  const isResolved = isTemplateResolved || !isSet(rollout.spec.workloadRef)
  if (!isResolved || !hasPlainPods(rollout.spec)) notePodErrors(found, rollout, isTemplateResolved)
  noteBroken(found, timingRules, rollout)
  noteStrategyErrors(found, rollout, dialect)
}

/** Errors in selector and template. */
export function notePodErrors(found: CodedFieldError[], rollout: Rollout, isTemplateResolved: boolean): void {
  const { workloadRef, selector } = rollout.spec
  const hasOwnTemplate = !isSet(workloadRef)
  if (hasOwnTemplate) {
    if (selector) found.push(...selectorErrors(selector, 'spec.selector'))
    noteBroken(found, ownSelectorRules, rollout)
  }
  if (!hasOwnTemplate && !isTemplateResolved) noteBroken(found, unresolvedTemplateRules, rollout)
  if (selectorProblem(selector) !== undefined) noteBroken(found, usableSelectorRules, rollout)
  else if (hasOwnTemplate || isTemplateResolved) {
    noteBroken(found, selectedTemplateRules, rollout)
    found.push(...templateErrors(rollout.spec.template))
  }
}

const negative = (value: number): string | undefined =>
  value < 0 ? invalidValue(value, 'must be greater than or equal to 0') : undefined

const replicasRules: readonly Rule<Rollout>[] = [
  { code: 'negative', path: 'spec.replicas', check: (rollout) => negative(replicasOf(rollout)) },
]

const ownSelectorRules: readonly Rule<Rollout>[] = [
  {
    code: 'no-selector',
    path: 'spec.selector',
    check: ({ spec }) => (spec.selector ? undefined : requiredValue("Rollout has missing field '.spec.selector'")),
  },
  {
    code: 'empty-selector',
    path: 'spec.selector',
    check: ({ spec: { selector } }) => {
      if (!selector) return undefined
      if (!isEverything(selector)) return undefined
      return invalidPrinted(printSelector(selector), 'empty selector is invalid for deployment')
    },
  },
]

const unresolvedTemplateRules: readonly Rule<Rollout>[] = [
  {
    code: 'template-beside-workload-ref',
    path: 'spec.template',
    check: ({ spec }) => {
      const { labels, annotations } = spec.template?.metadata ?? {}
      const isEmpty = Object.keys(labels ?? {}).length === 0 && Object.keys(annotations ?? {}).length === 0
      return isEmpty ? undefined : internalError('template must be empty for workload reference rollout')
    },
  },
]

const usableSelectorRules: readonly Rule<Rollout>[] = [
  {
    code: 'unusable-selector',
    path: 'spec.selector',
    check: ({ spec }) => invalidPrinted(printSelector(spec.selector), 'invalid label selector'),
  },
]

/**
 * If the selector does not pick the pods of the template, the controller never finds the ReplicaSet that it created,
 * and creates more without end.
 */
const selectedTemplateRules: readonly Rule<Rollout>[] = [
  {
    code: 'selector-does-not-match',
    path: 'spec.template.metadata.labels',
    check: ({ spec: { selector, template } }) => {
      const labels = template?.metadata?.labels ?? undefined
      if (selector && (isEverything(selector) || selects(selector, labels))) return undefined
      return invalidPrinted(goJson(labels), '`selector` does not match template `labels`')
    },
  },
]

/** A present but empty selector picks every pod; an absent one picks none. */
const isEverything = (selector: NonNullable<Rollout['spec']['selector']>): boolean =>
  Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions ?? []).length === 0

const timingRules: readonly Rule<Rollout>[] = [
  { code: 'negative', path: 'spec.minReadySeconds', check: ({ spec }) => negative(spec.minReadySeconds ?? 0) },
  {
    code: 'negative',
    path: 'spec.revisionHistoryLimit',
    check: (rollout) => negative(revisionHistoryLimitOf(rollout)),
  },
  {
    code: 'negative',
    path: 'spec.progressDeadlineSeconds',
    check: (rollout) => negative(progressDeadlineSecondsOf(rollout)),
  },
  {
    code: 'deadline-too-short',
    path: 'spec.progressDeadlineSeconds',
    check: (rollout) => {
      const deadlineSeconds = progressDeadlineSecondsOf(rollout)
      return deadlineSeconds <= (rollout.spec.minReadySeconds ?? 0)
        ? invalidValue(deadlineSeconds, 'must be greater than minReadySeconds')
        : undefined
    },
  },
]

const strategyRules: readonly Rule<Rollout>[] = [
  {
    code: 'no-strategy',
    path: 'spec.strategy.strategy',
    check: ({ spec }) => {
      const text = "Rollout has missing field '.spec.strategy.canary or .spec.strategy.blueGreen'"
      return spec.strategy?.canary || spec.strategy?.blueGreen ? undefined : requiredValue(text)
    },
  },
  {
    code: 'two-strategies',
    path: 'spec.strategy.strategy',
    check: ({ spec }) =>
      spec.strategy?.canary && spec.strategy.blueGreen
        ? invalidValue('blueGreen: true canary: true', 'Multiple Strategies can not be listed')
        : undefined,
  },
]

function noteStrategyErrors(found: CodedFieldError[], rollout: Rollout, dialect: Dialect): void {
  const { canary, blueGreen } = rollout.spec.strategy ?? {}
  noteBroken(found, strategyRules, rollout)
  if (canary && !blueGreen) noteCanaryErrors(found, rollout, canary, dialect)
  if (blueGreen && !canary) noteBlueGreenErrors(found, rollout, blueGreen)
}
