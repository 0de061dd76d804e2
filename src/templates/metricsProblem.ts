import { durationProblem } from '../go/durationSeconds'
import { intValue } from '../kube/intOrString'
import type { Metric } from '../model/analysis'
import { isJsonObject } from '../model/json'

const providerFields = [
  'prometheus',
  'kayenta',
  'web',
  'datadog',
  'wavefront',
  'newRelic',
  'job',
  'cloudWatch',
  'graphite',
  'influxdb',
  'skywalking',
] as const

/**
 * The error in the metrics of a run, with upstream's text and order; the first problem wins, undefined if there is none
 * (behaviour 2.4). Arguments have to be substituted first: a templated limit reads as 0.
 */
export const metricsProblem = (metrics: readonly Metric[]): string | undefined =>
  firstProblem(metrics, (metric) => limitProblem(metric) ?? timingProblem(metric))

/** The same in v1.7, which has no `consecutiveSuccessLimit` and checks counts first. */
export const metricsProblemWithoutStreaks = (metrics: readonly Metric[]): string | undefined =>
  firstProblem(metrics, (metric) => plainCountProblem(metric) ?? timingProblem(metric) ?? plainLimitProblem(metric))

function firstProblem(
  metrics: readonly Metric[],
  problemOf: (metric: Metric) => string | undefined,
): string | undefined {
  if (metrics.length === 0) return 'no metrics specified'
  const names = new Set<string>()
  for (const [index, metric] of metrics.entries()) {
    if (names.has(metric.name)) return `metrics[${index}]: duplicate name '${metric.name}'`
    names.add(metric.name)
    const problem = problemOf(metric) ?? providerProblem(metric)
    if (problem !== undefined) return `metrics[${index}]: ${problem}`
  }
  return undefined
}

function limitProblem(metric: Metric): string | undefined {
  const failureLimit = intValue(metric.failureLimit)
  const consecutiveSuccessLimit = intValue(metric.consecutiveSuccessLimit)
  const inconclusiveLimit = intValue(metric.inconclusiveLimit)
  if (consecutiveSuccessLimit < 0) return 'consecutiveSuccessLimit must be >= 0'
  if (failureLimit < -1) return 'failureLimit must be >= 0, or -1 to be disabled'
  if (consecutiveSuccessLimit === 0 && failureLimit === -1) {
    return 'failureLimit and consecutiveSuccessLimit cannot both be disabled'
  }
  if (inconclusiveLimit < 0) return 'inconclusiveLimit must be >= 0'
  if (intValue(metric.consecutiveErrorLimit) < 0) return 'consecutiveErrorLimit must be >= 0'
  return countProblem(intValue(metric.count), failureLimit, consecutiveSuccessLimit, inconclusiveLimit)
}

function countProblem(count: number, failures: number, successes: number, inconclusives: number): string | undefined {
  if (count <= 0) return undefined
  if (failures >= 0 && count < failures + successes) {
    return `count (${count}) must be >= failureLimit + consecutiveSuccessLimit (${failures} + ${successes}) if both >= 0`
  }
  if (failures < 0 && count < successes) return 'count must be >= consecutiveSuccessLimit'
  return count < inconclusives ? 'count must be >= inconclusiveLimit' : undefined
}

function plainCountProblem({ count, failureLimit, inconclusiveLimit }: Metric): string | undefined {
  const wanted = intValue(count)
  if (wanted <= 0) return undefined
  if (wanted < intValue(failureLimit)) return 'count must be >= failureLimit'
  return wanted < intValue(inconclusiveLimit) ? 'count must be >= inconclusiveLimit' : undefined
}

function plainLimitProblem({ failureLimit, inconclusiveLimit, consecutiveErrorLimit }: Metric): string | undefined {
  if (intValue(failureLimit) < 0) return 'failureLimit must be >= 0'
  if (intValue(inconclusiveLimit) < 0) return 'inconclusiveLimit must be >= 0'
  return intValue(consecutiveErrorLimit) < 0 ? 'consecutiveErrorLimit must be >= 0' : undefined
}

function timingProblem({ count, interval, initialDelay }: Metric): string | undefined {
  if (intValue(count) > 1 && !interval) return 'interval must be specified when count > 1'
  const badInterval = interval ? durationProblem(String(interval)) : undefined
  if (badInterval !== undefined) return `invalid interval string: ${badInterval}`
  const badDelay = initialDelay ? durationProblem(String(initialDelay)) : undefined
  return badDelay === undefined ? undefined : `invalid startDelay string: ${badDelay}`
}

function providerProblem(metric: Metric): string | undefined {
  const provider = isJsonObject(metric.provider) ? metric.provider : {}
  const plugins = isJsonObject(provider.plugin) ? Object.keys(provider.plugin).length : 0
  const count = providerFields.filter((field) => isJsonObject(provider[field])).length + plugins
  if (count === 0) return 'no provider specified'
  return count > 1 ? 'multiple providers specified' : undefined
}
