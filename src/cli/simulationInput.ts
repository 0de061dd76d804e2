import type { ModelObject } from '../input/index'
import type { AnalysisTemplate, Metric } from '../model/analysis'
import type { KubeObject } from '../model/meta'
import type { Series } from '../model/series'
import { formatTime } from '../model/time'
import { windowSecondsOf } from '../replay/windowSeconds'
import type { SimulationInput } from '../simulate/simulation'
import { readSeriesFiles } from './seriesFiles'
import type { SimulateArguments } from './simulateArguments'

/** What the files say of metrics, each read as the metric of that name in the templates looks back. */
export function readMeasured(objects: readonly ModelObject[], { seriesFiles, startAt }: SimulateArguments) {
  const metrics = metricsOf(objects)
  const names = [...new Set(metrics.map(({ name }) => name))]
  const windowOf = (name: string): number | undefined => {
    const metric = metrics.find((one) => one.name === name)
    return metric && windowSecondsOf(metric)
  }
  const onlyMetric = names.length === 1 ? names[0] : undefined
  return readSeriesFiles(seriesFiles, onlyMetric, startAt === 'now' ? undefined : startAt, windowOf)
}

const metricKinds: readonly unknown[] = ['AnalysisTemplate', 'ClusterAnalysisTemplate', 'AnalysisRun']

const metricsOf = (objects: readonly ModelObject[]): readonly Metric[] =>
  objects.flatMap((object) =>
    metricKinds.includes(object.kind) ? ((object as AnalysisTemplate).spec?.metrics ?? []) : [],
  )

/** What is simulated, by the words of the command line. */
export function inputOf(manifests: readonly KubeObject[], series: Series, given: SimulateArguments): SimulationInput {
  const { routerLagSeconds, routerVerifies, routerLies, routerRefuses } = given
  return {
    manifests,
    name: given.rollout,
    missing: given.strict ? 'strict' : 'assume',
    untilSeconds: given.untilSeconds,
    plugins: given.plugins,
    trace: given.trace,
    startAt: given.startAt === 'now' ? formatTime(Date.now() / 1000) : given.startAt,
    wholeSeconds: given.wholeSeconds,
    series,
    pods: { readyAfterSeconds: given.readyAfterSeconds, neverReadyImages: given.neverReadyImages },
    router: { lagSeconds: routerLagSeconds, verifies: routerVerifies, lies: routerLies, refuses: routerRefuses },
    options: { controller: given.controller },
  }
}
