import { expect, test } from 'vitest'
import { lintManifests } from '../../src/lint/index'

// Rules ask which objects are beside a Rollout, who declares an argument, who has the same selector. Each question was answered anew
// by looking through all objects: lint of 10,000 Rollouts did not end. What is slow again ends in the timeout of the runner.

const rollout = (index: number, selected: string) => `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web-${index}}
spec:
  selector: {matchLabels: {app: ${selected}}}
  template:
    metadata: {labels: {app: ${selected}}}
    spec: {containers: [{name: web, image: 'web:1'}]}
  strategy:
    canary: {canaryService: canary-${index}, stableService: stable-${index}}
`
const service = (name: string) => `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: web}, ports: [{port: 80}]}
`
const template = (index: number) => `apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: {name: check-${index}}
spec:
  args: [{name: one-${index}}]
  metrics: [{name: m, provider: {web: {url: 'http://x/{{args.one-${index}}}/{{args.two-${index}}}'}}}]
`
const many = <Made>(make: (index: number) => Made): readonly Made[] =>
  Array.from({ length: 1500 }, (_, index) => make(index))

test('a folder of thousands of objects is judged by looking at each a few times', () => {
  const text = [
    ...many((index) => rollout(index, 'web')),
    ...many((index) => service(`steble-${index}`)),
    ...many(template),
  ]
  const findings = lintManifests({ 'all.yaml': text.join('---\n') })
  const count = (wanted: string): number => findings.filter(({ rule }) => rule === wanted).length
  // Each but the first overlaps with one before it: not with all of them.
  expect(count('selectors-overlap')).toBe(1499)
  expect(count('argument-undeclared')).toBe(1500)
  // Among so many names nobody guesses which one was meant.
  expect(count('reference-misspelt')).toBe(0)
})

test('of three Rollouts with one selector the later two say so, each once', () => {
  const text = [0, 1, 2].map((index) => rollout(index, 'web')).join('---\n')
  const overlaps = lintManifests({ 'all.yaml': text }).filter(({ rule }) => rule === 'selectors-overlap')
  expect(overlaps.map(({ object, message }) => [object, message])).toEqual([
    ['Rollout web-1', 'the Rollout web-0 has the same selector'],
    ['Rollout web-2', 'the Rollout web-0 has the same selector'],
  ])
})

test('two variants of one Rollout do not overlap, and a third one does with both names', () => {
  const text = [rollout(0, 'web'), rollout(0, 'web'), rollout(1, 'web'), rollout(0, 'web')].join('---\n')
  const overlaps = lintManifests({ 'all.yaml': text }).filter(({ rule }) => rule === 'selectors-overlap')
  expect(overlaps.map(({ object, message }) => [object, message])).toEqual([
    ['Rollout web-1', 'the Rollout web-0 has the same selector'],
    ['Rollout web-0', 'the Rollout web-1 has the same selector'],
  ])
})
