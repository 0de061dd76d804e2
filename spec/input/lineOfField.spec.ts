import { expect, test } from 'vitest'
import { lineOfField, parseManifests } from '../../src/input/index'

const text = `apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata:
  name: first
spec:
  metrics:
  - name: a
---
kind: List
items:
- apiVersion: argoproj.io/v1alpha1
  kind: AnalysisTemplate
  metadata:
    name: second
    labels:
      example.com/a.b: x
  spec:
    metrics:
    - name: a
    - name: b
      successCondition: |
        result > 1
`

test.for([
  ['first', 'spec.metrics[0].name', 7],
  ['first', 'spec.metrics[0].successCondition', 7],
  ['first', 'spec.args[3]', 5],
  ['first', '', 1],
  ['second', 'spec.metrics[1].successCondition', 21],
  ['second', 'metadata.labels["example.com/a.b"]', 16],
  ['third', 'spec', undefined],
] as const)('%s, %s: line %s', ([name, path, line]) => {
  expect(lineOfField(text, { kind: 'AnalysisTemplate', name }, path)).toBe(line)
})

test('agrees with the lines of issues', () => {
  const wrong = text.replace('name: b', 'name: 7').replace('name: a', 'name: [8]')
  const { issues } = parseManifests(wrong)
  const errors = issues.filter(({ severity }) => severity !== 'warning')
  expect(errors.length).toBeGreaterThan(1)
  for (const { path, line, documentIndex } of errors) {
    const name = documentIndex === 0 ? 'first' : 'second'
    expect(lineOfField(wrong, { kind: 'AnalysisTemplate', name }, path.replace(/^items\[0\]\./, ''))).toBe(line)
  }
})
