import * as fc from 'fast-check'
import type { KubeObject } from '../../model/meta'

export const templateName = 'rate'

/** Conditions of a metric: what succeeds, what fails, both, or neither. */
const conditions = fc.constantFrom<Readonly<Record<string, string>>>(
  { successCondition: 'result[0] > 0.9' },
  { failureCondition: 'result[0] < 0.9' },
  { successCondition: 'result[0] > 0.9', failureCondition: 'result[0] < 0.5' },
  {},
)

/** The controller refuses a limit that the count can never reach. */
const limitsUpTo = (count: number) => {
  const limit = fc.integer({ min: 0, max: count })
  const limits = {
    failureLimit: limit,
    inconclusiveLimit: limit,
    consecutiveErrorLimit: fc.integer({ min: 0, max: 5 }),
  }
  return fc.record(limits, { requiredKeys: [] })
}

/** An AnalysisTemplate with one metric, which is measured some times. */
export const analysisTemplates: fc.Arbitrary<KubeObject> = fc
  .record({ intervalSeconds: fc.integer({ min: 5, max: 20 }), count: fc.integer({ min: 1, max: 3 }), conditions })
  .chain((fixed) => limitsUpTo(fixed.count).map((limits) => ({ ...fixed, limits })))
  .map(({ intervalSeconds, count, limits, conditions: judged }) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: { name: templateName, namespace: 'shop' },
    spec: {
      metrics: [
        {
          name: templateName,
          interval: `${intervalSeconds}s`,
          count,
          ...limits,
          ...judged,
          provider: { prometheus: { address: 'http://prometheus:9090', query: 'sum(rate(ok[1m]))' } },
        },
      ],
    },
  }))
