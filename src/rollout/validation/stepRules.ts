import { type CodedFieldError, invalidPrinted, invalidValue, requiredValue } from '../../kube/fieldErrorBody'
import type { AnalysisRunArgument } from '../../model/analysis'
import type { CanaryStep, Rollout } from '../../model/rollout'
import type { TrafficRouting } from '../../model/trafficRouting'
import { maxWeightOf } from '../defaults'
import type { Dialect } from '../facts/semantics'
import { pauseSecondsOf } from '../facts/steps'
import { isUnreadable } from './plainParts'
import { hasPlugins } from './plugins'
import { printArguments } from './print'
import { routeRules } from './routeRules'
import { brokenItems, isSet, noteBroken, type Rule } from './rule'

interface Subject {
  readonly rollout: Rollout
  readonly routing: TrafficRouting | undefined
  readonly step: CanaryStep
  readonly dialect: Dialect
}

/** Errors in one step of a canary. */
export function noteStepErrors(found: CodedFieldError[], subject: Subject, index: number): void {
  noteBroken(found, stepRules, subject, index)
  noteBroken(found, routeRules, subject, index)
  noteBroken(found, analysisRules, subject, index)
}

/** Only the first four kinds exclude each other. */
const excludingKinds = ({ stepKinds }: Dialect) => stepKinds.slice(0, 4)

function countKinds(step: CanaryStep, kinds: Dialect['stepKinds'], most = kinds.length): number {
  let count = 0
  for (let i = 0; i < most; i++) if (isSet(step[(kinds[i] as Dialect['stepKinds'][number])[0]])) count++
  return count
}

const stepRules: readonly Rule<Subject>[] = [
  {
    code: 'one-step-kind',
    path: 'spec.strategy.steps[]',
    check: ({ step, dialect }) => {
      if (countKinds(step, dialect.stepKinds, 4) <= 1) return undefined
      const kinds = excludingKinds(dialect)
      const printed = kinds.map(([kind, name]) => `step.${name}: ${isSet(step[kind])}`).join(' ')
      return invalidValue(printed, dialect.oneStepKind)
    },
  },
  {
    code: 'one-step-kind',
    path: 'spec.strategy.steps[]',
    check: ({ step, dialect }) => {
      const kinds = dialect.stepKinds
      if (countKinds(step, kinds) > 0) return undefined
      // Upstream prints whether a kind is missing here, the other way round than above.
      return invalidValue(kinds.map(([, name]) => `step.${name}: true`).join(' '), dialect.oneStepKind)
    },
  },
  {
    code: 'weight-range',
    path: 'spec.strategy.steps[].setWeight',
    check: ({ rollout, step }) => {
      const weight = step.setWeight ?? undefined
      const maxWeight = maxWeightOf(rollout)
      return weight !== undefined && (weight < 0 || weight > maxWeight)
        ? invalidValue(weight, `SetWeight needs to be between 0 and ${maxWeight}`)
        : undefined
    },
  },
  {
    code: 'bad-duration',
    path: 'spec.strategy.steps[].pause.duration',
    check: ({ step: { pause } }) => {
      const seconds = pause ? pauseSecondsOf(pause) : undefined
      return seconds !== undefined && seconds < 0
        ? invalidValue(seconds, 'Duration needs to be greater than 0')
        : undefined
    },
  },
  {
    code: 'needs-traffic-routing',
    path: 'spec.strategy.trafficRouting',
    check: ({ step, routing }) =>
      step.setCanaryScale && !routing ? requiredValue('SetCanaryScale requires TrafficRouting to be set') : undefined,
  },
]

const analysisRules: readonly Rule<Subject>[] = [
  {
    code: 'weight-needs-router',
    path: 'spec.strategy.steps[].experiment.templates[].weight',
    check: ({ step, routing, dialect }) => {
      if (!step.experiment) return undefined
      const detail = noExperimentWeights(routing, dialect)
      if (detail === undefined) return undefined
      return brokenItems(step.experiment?.templates, ({ weight }) =>
        isSet(weight) ? invalidValue(weight ?? 0, detail) : undefined,
      )
    },
  },
  {
    code: 'bad-field-path',
    path: 'spec.strategy.steps[].analyses',
    check: ({ rollout, step }) => {
      if (!step.experiment && !step.analysis) return undefined
      const args = argumentsOf(step)
      const detail = 'Analyses arguments must refer to valid object metadata supported by downwardAPI'
      return brokenItems(args, (arg) =>
        isUnreadable(rollout.metadata, arg) ? invalidPrinted(printArguments(args), detail) : undefined,
      )
    },
  },
]

function noExperimentWeights(routing: TrafficRouting | undefined, dialect: Dialect): string | undefined {
  if (!routing) return 'Experiment template weight cannot be set unless TrafficRouting is enabled'
  if (routing.alb || routing.smi || routing.istio) return undefined
  return dialect.pluginsWeighExperiments && hasPlugins(routing) ? undefined : dialect.noExperimentWeight
}

function argumentsOf({ experiment, analysis }: CanaryStep): readonly AnalysisRunArgument[] {
  const found: AnalysisRunArgument[] = []
  for (const { args } of experiment?.analyses ?? none) for (const argument of args ?? none) found.push(argument)
  for (const argument of analysis?.args ?? none) found.push(argument)
  return found
}

const none: readonly never[] = []
