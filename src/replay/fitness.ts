import type { Metric } from '../model/analysis'
import type { Issue } from '../model/issue'
import { formOf, providerOf } from './forms/forms'
import type { ReadSeries } from './readSeries'

/** Which of a metric's points its provider can never have brought, and what is taken for granted about the others. */
export function fitnessIssues(metric: Metric, { points }: ReadSeries): readonly Issue[] {
  const values = points.filter((point) => 'value' in point && point.phase === undefined && point.error === undefined)
  const unfit = values.flatMap(({ value }) => {
    const form = formOf(metric, value)
    return 'unfit' in form ? [form.unfit] : []
  })
  const [first, ...others] = unfit
  const path = metric.name
  if (first !== undefined) {
    const more = others.length === 0 ? '' : ` (so it is with ${others.length} more)`
    return [{ code: 'series-form', path, message: `${first}${more}` }]
  }
  if (values.length === 0 || providerOf(metric)?.field !== 'plugin') return []
  const message = 'a plugin judges by itself: that the conditions judge these values is an assumption'
  return [{ code: 'series-form', path, message, severity: 'warning' }]
}

const judges: Readonly<Record<string, string>> = {
  job: 'a Job is judged by how it ends',
  kayenta: 'Kayenta is judged by its score and the thresholds',
}

/** Why a metric's conditions are not evaluated at all; undefined if they are. */
export function whyConditionsAreIgnored(metric: Metric): string | undefined {
  const field = providerOf(metric)?.field
  return field !== undefined && Object.hasOwn(judges, field) ? judges[field] : undefined
}
