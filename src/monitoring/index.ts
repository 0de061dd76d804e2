export { describeMetrics } from './describeMetrics'
export { renderMetrics } from './renderMetrics'
export type { MetricFamily, Sample } from './series'
