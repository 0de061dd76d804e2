import { expect, test } from 'vitest'
import { reconcileRollout } from '../../src/index'
import { analysisTemplate, updating } from './update'

// Each analysis is tried with the dry-run and retention rules of every step.

const rule = (metricName: string) => ({ metricName })
const decide = (analyses: readonly object[], templateSpec: object = {}) => {
  const template = analysisTemplate('rate')
  const steps = analyses.map((rules) => ({ analysis: { templates: [{ templateName: 'rate' }], ...rules } }))
  const observed = { analysisTemplates: [{ ...template, spec: { ...template.spec, ...templateSpec } }] }
  return reconcileRollout(updating({ strategy: { canary: { steps } }, observed } as never)).error?.message
}

test('rules of several steps for one metric do not clash', () => {
  expect(decide([{ dryRun: [rule('a')] }, { dryRun: [rule('a')] }])).toBeUndefined()
})

test('two rules of one step for one metric clash', () => {
  expect(decide([{}, { dryRun: [rule('a'), rule('a')] }])).toContain("two Dry-Run metric rules have the same name 'a'")
})

test('a rule of any step clashes with one of the template', () => {
  const retention = { measurementRetention: [{ metricName: 'a', limit: 3 }] }
  expect(decide([{}, retention], retention)).toContain("two Measurement Retention metric rules have the same name 'a'")
})

test('a thousand analysis steps are looked at in linear time: quadratic time ends in the timeout of the runner', () => {
  const analyses = Array.from({ length: 3000 }, (_, index) => ({ dryRun: [rule(`m${index}`)] }))
  expect(decide(analyses)).toBeUndefined()
})
