import { describe, expect, it } from 'vitest'
import { type ModelKind, modelKinds, parseManifests, readAs, readObject } from '../../src/input'
import { applyMergePatch } from '../../src/kube/mergePatch'
import type { ConformanceCase } from '../conformance/types'
import { familiesIn, readCases, vectorsFolder } from '../conformance/vectors'

// Every object that stands in the recorded vectors, and every state that an object of a trace ever had, is one that a
// real cluster can hold: all of them must pass the readers, unchanged.

type Plain = Record<string, unknown>
interface Found {
  readonly value: Plain
  readonly kind?: ModelKind | undefined
}

const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)

const kindOfPlural = (plural: string): ModelKind | undefined =>
  modelKinds.find((kind) => `${kind.toLowerCase()}s` === plural)

function* keyed(objects: unknown): Generator<Found> {
  for (const [key, value] of Object.entries(isPlain(objects) ? objects : {})) {
    if (isPlain(value)) yield { value: named(key, value), kind: kindOfPlural(key.split('/')[0]!) }
  }
}

/** `service-cleanup` leaves kind and name to the key. */
function named(key: string, value: Plain): Plain {
  const metadata = isPlain(value.metadata) ? value.metadata : {}
  return metadata.name === undefined ? { ...value, metadata: { name: key.split('/')[2], ...metadata } } : value
}

function* objectsOf(one: ConformanceCase): Generator<Found> {
  const { given, start, steps } = one
  yield* keyed(start?.objects)
  const state: Plain = { ...start?.objects }
  for (const step of steps ?? []) {
    for (const patch of [step.world, step.expect?.objects]) {
      for (const [key, change] of Object.entries((patch ?? {}) as Plain)) {
        state[key] = change === null ? undefined : applyMergePatch(state[key], change)
        yield* keyed({ [key]: state[key] })
      }
    }
  }
  for (const list of [given?.manifests, given?.objects]) {
    if (Array.isArray(list)) for (const value of list) yield { value }
    else yield* keyed(list)
  }
  if (isPlain(given?.rollout) && isPlain(given.rollout.spec)) yield { value: given.rollout, kind: 'Rollout' }
  if (isPlain(given?.analysisRun)) yield { value: given.analysisRun, kind: 'AnalysisRun' }
  if (one.family === 'templates') {
    for (const value of given?.templates ?? []) yield { value, kind: 'AnalysisTemplate' }
    for (const value of given?.clusterTemplates ?? []) yield { value, kind: 'ClusterAnalysisTemplate' }
  }
}

/** Objects that an API server would not take, in families that are about such objects: the rules that they break. */
const intended: Readonly<Record<string, readonly string[]>> = {
  invalid: [
    'missing-field spec.strategy.blueGreen.activeService',
    'missing-field spec.strategy.canary.pingPong.pongService',
  ],
  validation: ['missing-field spec.strategy.canary.steps[].setHeaderRoute.match[].headerValue'],
}

interface Checked {
  readonly checked: number
  readonly errors: readonly string[]
  /** Kinds of which an object without a null came out as another object. */
  readonly changed: readonly string[]
}

function check(family: string): Checked {
  const seen = new Set<string>()
  const errors = new Set<string>()
  const changed = new Set<string>()
  for (const one of readCases(vectorsFolder, family)) {
    for (const { value, kind } of objectsOf(one)) {
      const text = JSON.stringify(value)
      if (seen.has(text)) continue
      seen.add(text)
      const { object, issues } = kind && value.kind === undefined ? readAs(kind, value) : readObject(value)
      if (object && object !== value && !text.includes('null')) changed.add(String(value.kind ?? kind))
      for (const { severity, code, path } of issues) {
        if (severity !== 'warning') errors.add(`${code} ${path.replace(/\[\d+\]/g, '[]')}`)
      }
    }
  }
  return { checked: seen.size, errors: [...errors].sort(), changed: [...changed].sort() }
}

const least: Readonly<Record<string, number>> = {
  'analysis-run': 1500,
  'blue-green': 17000,
  'blue-green-analysis': 13000,
  'canary-analysis': 15000,
  'canary-basic': 17000,
  'canary-routed': 16000,
  commands: 200,
  experiment: 7900,
  invalid: 2900,
  'pod-template-validation': 130,
  providers: 700,
  routers: 950,
  'service-cleanup': 75,
  simulation: 280,
  'target-groups': 4100,
  templates: 150,
  validation: 600,
  view: 1200,
}

/**
 * A run without a phase gets the empty one; a template that nobody has applied gets Datadog's defaults, a Deployment those of
 * its pods.
 */
const completed: Readonly<Record<string, readonly string[]>> = {
  commands: ['AnalysisRun'],
  view: ['AnalysisRun'],
  'simulation-workloads': ['Deployment'],
  templates: ['AnalysisTemplate', 'ClusterAnalysisTemplate'],
}

describe('objects of the recorded vectors', () => {
  it.each(familiesIn(vectorsFolder))('%s', (family) => {
    const { checked, errors, changed } = check(family)
    expect(checked).toBeGreaterThanOrEqual(least[family] ?? 0)
    expect(errors.filter((error) => !intended[family]?.includes(error))).toEqual([])
    expect(changed).toEqual(completed[family] ?? [])
  })

  it('come out of a text as they went in', () => {
    for (const one of readCases(vectorsFolder, 'canary-routed').slice(0, 60)) {
      const values = Object.values(one.start?.objects ?? {})
      const { objects, issues } = parseManifests(JSON.stringify({ kind: 'List', items: values }))
      expect(issues).toEqual([])
      expect(objects).toEqual(values)
    }
  })
})
