import { metricShape } from '../kube/types/analysisShape'
import { printShape } from '../kube/types/printShape'
import { typedMetric } from '../kube/types/throughTypes'
import type { Argument, Metric } from '../model/analysis'
import { substituteArgs } from './substituteArgs'

export type ResolvedMetric = { readonly metric: Metric } | { readonly error: string }

/**
 * A metric with its arguments substituted (behaviour 4.3). The metric is printed as the controller's types print it,
 * tags are replaced in that text, and the text is read again: so a limit may be templated, unknown fields vanish, and a
 * value with control characters that Go escapes otherwise than JSON does is an error.
 *
 * Errors, with upstream's text: an unfinished tag, an argument without a value, an unknown tag, `invalid character 'x'
 * in string escape code`.
 */
export function resolveMetricArgs(metric: Metric, args: readonly Argument[]): ResolvedMetric {
  const { text, error } = substituteArgs(printShape(metricShape, metric), args, { quoted: true })
  if (error !== undefined) return { error }
  try {
    return { metric: typedMetric(JSON.parse(text) as Metric) }
  } catch {
    return { error: badEscape(text) ?? 'invalid character in the metric after its arguments were put in' }
  }
}

/**
 * Backslashes only stand inside strings, so the first escape that JSON does not know is what Go's reader stumbles over.
 */
function badEscape(text: string): string | undefined {
  for (const [, character] of text.matchAll(/\\(?:["\\/bfnrt]|u[\da-fA-F]{4}|([\s\S]))/g)) {
    if (character !== undefined) return `invalid character '${character}' in string escape code`
  }
  return undefined
}
