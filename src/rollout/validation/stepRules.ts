import { type FieldError, invalidPrinted, invalidValue, requiredValue } from '../../kube/fieldErrorBody'
import type { AnalysisRunArgument } from '../../model/analysis'
import type { ObjectMeta } from '../../model/meta'
import type { CanaryStep, CanaryStrategy, Rollout } from '../../model/rollout'
import type { TrafficRouting } from '../../model/trafficRouting'
import { metadataField } from '../../templates/metadataField'
import { maxWeightOf } from '../defaults'
import type { Dialect } from '../facts/semantics'
import { pauseSecondsOf } from '../facts/steps'
import { hasPlugins } from './plugins'
import { printArguments } from './print'
import { routeErrors } from './routeRules'
import { brokenItems, brokenRules, isSet, type Rule } from './rule'

interface Subject {
  readonly rollout: Rollout
  readonly routing: TrafficRouting | undefined
  readonly step: CanaryStep
  readonly dialect: Dialect
}

/** Errors in one step of a canary. A step may be null in a manifest: then it has no kind. */
export function* stepErrors(
  around: Omit<Subject, 'step'>,
  canary: CanaryStrategy,
  index: number,
): Generator<FieldError> {
  const subject: Subject = { ...around, step: canary.steps?.[index] ?? {} }
  yield* brokenRules(stepRules, subject, index)
  yield* routeErrors(subject, index)
  yield* brokenRules(analysisRules, subject, index)
}

type StepKind = keyof CanaryStep

/** As upstream prints the kinds. Only the first four exclude each other. */
const kindNames = ({ stepKindNames }: Dialect) => Object.entries(stepKindNames) as [StepKind, string][]
const excludingKinds = (dialect: Dialect) => kindNames(dialect).slice(0, 4)

const stepRules: readonly Rule<Subject>[] = [
  {
    code: 'one-step-kind',
    path: 'spec.strategy.steps[]',
    check: ({ step, dialect }) => {
      const kinds = excludingKinds(dialect)
      if (kinds.filter(([kind]) => isSet(step[kind])).length <= 1) return undefined
      const printed = kinds.map(([kind, name]) => `step.${name}: ${isSet(step[kind])}`).join(' ')
      return invalidValue(printed, dialect.oneStepKind)
    },
  },
  {
    code: 'one-step-kind',
    path: 'spec.strategy.steps[]',
    check: ({ step, dialect }) => {
      const kinds = kindNames(dialect)
      if (kinds.some(([kind]) => isSet(step[kind]))) return undefined
      // Upstream prints here whether a kind is missing, the opposite of the above.
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

const argumentsOf = ({ experiment, analysis }: CanaryStep): readonly AnalysisRunArgument[] => [
  ...(experiment?.analyses ?? []).flatMap(({ args }) => args ?? []),
  ...(analysis?.args ?? []),
]

/** Only paths of the metadata are checked; others are read from the Rollout when the analysis starts. */
function isUnreadable(metadata: ObjectMeta, { valueFrom }: AnalysisRunArgument): boolean {
  const path = valueFrom?.fieldRef?.fieldPath
  return path?.startsWith('metadata') === true && 'error' in metadataField(metadata, path)
}
