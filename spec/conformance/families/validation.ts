import { invalidSpec } from '../../../src/experiment/invalidSpec'
import { type CodedFieldError, fieldErrorText } from '../../../src/kube/fieldErrorBody'
import { lintFiles } from '../../../src/lint/lintFiles'
import { referenceErrors } from '../../../src/rollout/validation/references/referenceErrors'
import type { References } from '../../../src/rollout/validation/references/references'
import { remarshalled } from '../../../src/rollout/validation/remarshalled'
import { routerErrors } from '../../../src/rollout/validation/routerRules'
import { specErrors } from '../../../src/rollout/validation/specRules'
import { metricsProblem } from '../../../src/templates/metricsProblem'
import { firstDifferences, prune } from '../compare'
import type { ConformanceCase, Unit } from '../types'

// biome-ignore lint/suspicious/noExplicitAny: `given` and `expect` have one shape per function
type Recorded = any

interface Shown {
  readonly field: string
  readonly text: string
}

const shown = (error: CodedFieldError): Shown => ({ field: error.path, text: fieldErrorText(error) })

/** Of a recorded error the field and the text are compared. */
const recorded = ({ field, text }: Recorded): Shown => ({ field, text })
const recordedList = (errors: Recorded): readonly Shown[] => (errors ?? []).map(recorded)

const configFields: Readonly<Record<string, string>> = {
  nginx: 'spec.strategy.canary.trafficRouting.nginx',
  alb: 'spec.strategy.canary.trafficRouting.alb',
  istio: 'spec.strategy.canary.trafficRouting.istio',
}

const servicePaths: Readonly<Record<string, string>> = {
  ActiveService: 'spec.strategy.blueGreen.activeService',
  PreviewService: 'spec.strategy.blueGreen.previewService',
  CanaryService: 'spec.strategy.canary.canaryService',
  StableService: 'spec.strategy.canary.stableService',
  PingService: 'spec.strategy.canary.pingPong.pingService',
  PongService: 'spec.strategy.canary.pingPong.pongService',
}

const analysisRoles: Readonly<Record<string, References['analyses'][number]['role']>> = {
  PrePromotionAnalysis: 'prePromotion',
  PostPromotionAnalysis: 'postPromotion',
  InlineAnalysis: 'step',
  BackgroundAnalysis: 'background',
}

const analysisPaths: Readonly<Record<string, string>> = {
  PrePromotionAnalysis: 'spec.strategy.blueGreen.prePromotionAnalysis.templates',
  PostPromotionAnalysis: 'spec.strategy.blueGreen.postPromotionAnalysis.templates',
  InlineAnalysis: 'spec.strategy.canary.steps[i].analysis.templates',
  BackgroundAnalysis: 'spec.strategy.canary.analysis.templates',
}

function referencesIn(given: Recorded): References {
  const old = (given.legacyIngresses ?? []).map((ingress: Recorded) => ({
    apiVersion: 'extensions/v1beta1',
    ...ingress,
  }))
  return {
    services: (given.services ?? []).flatMap(({ type, service }: Recorded) =>
      servicePaths[type] === undefined ? [] : [{ path: servicePaths[type], name: service.metadata.name, service }],
    ),
    analyses: (given.analysisTemplates ?? []).flatMap((analysis: Recorded) => {
      const { type, stepIndex = 0, templates = [], clusterTemplates = [], args } = analysis
      const path = analysisPaths[type]?.replace('[i]', `[${stepIndex}]`)
      const found = { templates, clusterTemplates }
      return path === undefined ? [] : [{ role: analysisRoles[type], path, analysis: { args }, found }]
    }),
    ingresses: [...(given.ingresses ?? []), ...old],
    virtualServices: given.virtualServices ?? [],
    mappings: given.ambassadorMappings ?? [],
    virtualRouters: given.appMeshResources ?? [],
  }
}

type Compared = readonly [expected: unknown, got: unknown]

function compareValidation(given: Recorded, expected: Recorded): Compared {
  // The recorder printed the Rollout and read it again, as a reconcile does.
  const rollout = remarshalled(given.rollout)
  const { referenced } = given
  const configs = [...routerErrors(rollout.spec.strategy?.canary?.trafficRouting)]
  const got = {
    errors: [...specErrors(rollout, { isTemplateResolved: false })].map(shown),
    configErrors: Object.fromEntries(
      Object.entries(configFields).map(([name, path]) => [
        name,
        configs.filter((one) => one.path === path).map(shown)[0],
      ]),
    ),
    referencedErrors: referenced && [...referenceErrors(rollout, referencesIn(referenced))].map(shown),
  }
  const wanted = {
    errors: recordedList(expected.errors),
    configErrors: Object.fromEntries(
      Object.entries(expected.configErrors ?? {}).map(([name, error]) => [name, recorded(error)]),
    ),
    referencedErrors: referenced && recordedList(expected.referencedErrors),
  }
  return [wanted, got]
}

function compareExperiment({ experiment }: Recorded, expected: Recorded): Compared {
  const invalid = invalidSpec(experiment)
  const condition = { type: 'InvalidSpec', status: 'True', reason: 'InvalidSpec', message: invalid?.message }
  return [expected, invalid ? { valid: false, ...condition } : { valid: true }]
}

function compareMetrics({ metrics }: Recorded, expected: Recorded): Compared {
  const error = metricsProblem(metrics)
  return [expected, { valid: error === undefined, error }]
}

function compareLint({ files, args }: Recorded, expected: Recorded): Compared {
  const flag: string = args.find((word: string) => word.startsWith('-f') || word.startsWith('--filename')) ?? ''
  const path = flag.includes('=') ? flag.slice(flag.indexOf('=') + 1) : args[args.indexOf(flag) + 1]
  return [expected, lintFiles(files, path)]
}

const functions: Readonly<Record<string, (given: Recorded, expected: Recorded) => Compared>> = {
  validate: compareValidation,
  experiment: compareExperiment,
  metrics: compareMetrics,
  lint: compareLint,
}

export function judge({ given, expect }: ConformanceCase): readonly Unit[] {
  const compare = functions[given.fn]
  const [expected, got] = compare ? compare(given, expect) : [expect, `no function ${given.fn}`]
  return [{ name: given.fn, differences: firstDifferences(prune(expected), prune(got)), inputs: given }]
}
