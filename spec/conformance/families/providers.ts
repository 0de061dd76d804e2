import { metricConditions } from '../../../src/metrics/conditions'
import type { ProviderContext } from '../../../src/metrics/exchange/context'
import type { Measurement } from '../../../src/model/analysis'
import { firstDifferences, prune } from '../compare'
import { addObjects, drive, type RecordedCall, type World } from '../providersHost'
import type { ConformanceCase, Difference, Unit } from '../types'

/** One case: all its calls in order, each driven to its end with the recorded replies. */
export function judge(testCase: ConformanceCase): readonly Unit[] {
  const { given, expect } = testCase
  const world: World = {
    kubeconfig: given.customKubeconfig ? 'custom' : undefined,
    env: given.customKubeconfig ? { ...given.env, ARGO_ROLLOUTS_ANALYSIS_JOB_KUBECONFIG: 'custom' } : (given.env ?? {}),
    secrets: given.secrets ?? [],
    cache: new Map(),
    server: new Map(),
  }
  addObjects(world, given.objects ?? [])
  const context: ProviderContext = {
    metric: given.metric,
    run: given.analysisRun,
    controllerNamespace: given.controllerNamespace,
    ...metricConditions,
  }
  const got: Record<string, unknown> = {}
  const calls: Record<string, unknown>[] = []
  let last: Measurement = { phase: '' }
  for (const call of given.calls as readonly RecordedCall[]) {
    const seen = { requests: [], actions: [] }
    const { type, metadata, measurement, error } = drive(context, world, call, last, seen)
    if (type !== undefined) Object.assign(got, { type, metadata })
    if (measurement) last = measurement
    calls.push({ measurement, error, ...seen })
  }
  const differences = compare(testCase, expect, { ...got, calls })
  return [{ name: 'calls', differences, inputs: given }]
}

// biome-ignore lint/suspicious/noExplicitAny: recorded data
type Recorded = any

function compare(testCase: ConformanceCase, expect: Recorded, got: Recorded): Difference[] {
  const loose = testCase.tags.some((tag) => tag === 'text:go-decoder' || tag === 'text:jsoniter')
  const wanted = structuredClone(expect)
  const own = structuredClone(got)
  for (const [at, call] of (wanted.calls ?? []).entries()) adapt(call, own.calls[at], loose)
  return firstDifferences(prune(wanted), prune(own))
}

/** The README's rules of comparison. */
function adapt(wanted: Recorded, got: Recorded, loose: boolean): void {
  if (!got) return
  // Upstream panics: what counts is that we do not, and that the measurement is an error.
  if (wanted.panic !== undefined) {
    const fine = got.measurement?.phase === 'Error' || got.error !== undefined
    for (const key of Object.keys(got)) delete got[key]
    if (fine) Object.assign(got, wanted)
    return
  }
  for (const one of [wanted, got]) {
    if (loose && one.measurement?.message) one.measurement.message = one.measurement.message.split(':')[0]
    if (loose && one.error) one.error = one.error.split(':')[0]
    if (one.measurement?.message) one.measurement.message = one.measurement.message.replace(/\b0x[0-9a-f]+/g, '0xADDR')
    for (const request of one.requests ?? []) sortQueries(request)
  }
  for (const [at, request] of (wanted.requests ?? []).entries()) adaptMarks(request, got.requests[at])
  for (const request of got.requests ?? []) delete request.idempotent
  const metadata = wanted.measurement?.metadata ?? {}
  for (const key of Object.keys(metadata)) {
    const present = got.measurement?.metadata?.[key] !== undefined
    if (metadata[key].includes('0xADDR') && present) got.measurement.metadata[key] = metadata[key]
  }
}

/** Datadog's queries are a set. */
function sortQueries(request: Recorded): void {
  const queries = request.json?.data?.attributes?.queries
  if (Array.isArray(queries)) queries.sort((a: Recorded, b: Recorded) => (a.name < b.name ? -1 : 1))
}

/**
 * Go's client marks a POST that may be repeated with an empty `Idempotency-Key`, which never goes over the wire; it was recorded only
 * where no connection came about. We say `idempotent` instead, always.
 */
function adaptMarks(wanted: Recorded, got: Recorded): void {
  if (wanted.headers?.['idempotency-key'] === '' && got?.idempotent === true) delete wanted.headers['idempotency-key']
}
