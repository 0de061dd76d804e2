import { isJsonObject } from './json'

// Fields of a Rollout's spec whose zero value the controller's types do not print.
// `*` stands for every item of a list.
const idleFields: readonly (readonly string[])[] = [
  'paused',
  'minReadySeconds',
  'progressDeadlineAbort',
  'rollbackWindow.revisions',
  'workloadRef.scaleDown',
  'strategy.canary.dynamicStableScale',
  'strategy.canary.canaryService',
  'strategy.canary.stableService',
  'strategy.canary.steps.*.setCanaryScale.matchTrafficWeight',
  'strategy.canary.steps.*.experiment.duration',
  'strategy.canary.steps.*.experiment.analyses.*.requiredForCompletion',
  'strategy.canary.steps.*.experiment.analyses.*.args.*.value',
  'strategy.canary.steps.*.analysis.args.*.value',
  'strategy.canary.analysis.args.*.value',
  'strategy.canary.trafficRouting.alb.ingress',
  'strategy.canary.trafficRouting.alb.rootService',
  'strategy.canary.trafficRouting.alb.annotationPrefix',
  'strategy.canary.trafficRouting.nginx.annotationPrefix',
  'strategy.canary.trafficRouting.nginx.stableIngress',
  'strategy.canary.trafficRouting.smi.rootService',
  'strategy.canary.trafficRouting.smi.trafficSplitName',
  'strategy.blueGreen.autoPromotionSeconds',
  'strategy.blueGreen.previewService',
  'strategy.blueGreen.prePromotionAnalysis.args.*.value',
  'strategy.blueGreen.postPromotionAnalysis.args.*.value',
].map((path) => path.split('.'))

/** A Rollout without fields that say nothing (`paused: false`); the same object where there are none. */
export function withoutIdleFields<T extends { readonly metadata: unknown }>(rollout: T): T {
  const { spec } = rollout as { readonly spec?: unknown }
  const printed = idleFields.reduce<unknown>((current, path) => withoutIdle(current, path), spec)
  return printed === spec ? rollout : { ...rollout, spec: printed }
}

function withoutIdle(value: unknown, [field, ...below]: readonly string[]): unknown {
  if (field === '*' && Array.isArray(value)) {
    const items = value.map((item) => withoutIdle(item, below))
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  if (field === undefined || !isJsonObject(value) || value[field] === undefined) return value
  const { [field]: inner, ...others } = value
  if (below.length === 0) return inner === false || inner === 0 || inner === '' ? others : value
  const next = withoutIdle(inner, below)
  return next === inner ? value : { ...value, [field]: next }
}
