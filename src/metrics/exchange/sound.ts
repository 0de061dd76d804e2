import type { Measurement, Metric } from '../../model/analysis'
import { givenObject } from '../../model/given'
import { isJsonObject, type JsonObject } from '../../model/json'
import type { KubeObject, StringMap } from '../../model/meta'
import type { ProviderContext, ProviderOperation } from './context'
import { numberIn, objectIn, objectsIn, textIn, textMapIn } from './read'

/** A host may pass unchecked data. Values of a wrong type count as missing, so that providers can rely on the types. */
export function soundContext(context: ProviderContext): ProviderContext {
  return { ...context, metric: soundMetric(context.metric), run: soundRun(context.run) }
}

function soundMetric(given: unknown): Metric {
  const metric = givenObject(given)
  return {
    ...optionalText(metric, 'interval'),
    ...optionalText(metric, 'successCondition'),
    ...optionalText(metric, 'failureCondition'),
    name: textIn(metric, 'name'),
    provider: objectIn(metric, 'provider'),
  }
}

/** What providers read of a run. */
function soundRun(given: unknown): ProviderContext['run'] {
  const run = givenObject(given)
  const status = objectIn(run, 'status')
  const metricResults = objectsIn(status, 'metricResults').map((result) => ({
    name: textIn(result, 'name'),
    phase: 'Running' as const,
    count: numberIn(result, 'count') ?? 0,
    error: numberIn(result, 'error') ?? 0,
  }))
  return {
    metadata: soundMetadata(objectIn(run, 'metadata')),
    status: { phase: 'Running', ...optionalText(status, 'startedAt'), metricResults },
  }
}

const soundMetadata = (metadata: JsonObject): KubeObject['metadata'] => ({
  name: textIn(metadata, 'name'),
  ...optionalText(metadata, 'namespace'),
  ...optionalText(metadata, 'uid'),
  ...optionalText(metadata, 'creationTimestamp'),
  labels: textMapIn(metadata, 'labels'),
  ownerReferences: objectsIn(metadata, 'ownerReferences').map((owner) => ({
    apiVersion: textIn(owner, 'apiVersion'),
    kind: textIn(owner, 'kind'),
    name: textIn(owner, 'name'),
    uid: textIn(owner, 'uid'),
    ...(owner.controller === true ? { controller: true } : {}),
  })),
})

/** An object of the API server as far as providers read it. */
export const soundObject = (object: KubeObject): KubeObject => ({
  ...object,
  metadata: soundMetadata(givenObject(object.metadata)),
})

const optionalText = <Field extends string>(object: JsonObject, field: Field): { readonly [K in Field]?: string } => {
  const text = textIn(object, field)
  return text === '' ? {} : ({ [field]: text } as { readonly [K in Field]?: string })
}

const operations: readonly string[] = ['resume', 'terminate', 'garbageCollect']

/** An unknown operation is a run. */
export function soundOperation(given: ProviderOperation): ProviderOperation {
  const operation = givenObject(given)
  const op = textIn(operation, 'op') as ProviderOperation['op']
  if (!operations.includes(op)) return { op: 'run' }
  if (op === 'garbageCollect') return { op, limit: numberIn(operation, 'limit') ?? 0 }
  return op === 'resume' || op === 'terminate'
    ? { op, measurement: soundMeasurement(objectIn(operation, 'measurement')) }
    : { op: 'run' }
}

const textFields = ['phase', 'message', 'startedAt', 'finishedAt', 'value', 'resumeAt']

/** The same measurement if nothing is wrong with it, so that "nothing changed" stays an identity test. */
function soundMeasurement(given: JsonObject): Measurement {
  const isText = (value: unknown): boolean => value === undefined || typeof value === 'string'
  const isTextMap = (value: unknown): boolean =>
    isJsonObject(value) && Object.values(value).every((one) => typeof one === 'string')
  const isSound =
    typeof given.phase === 'string' &&
    textFields.every((field) => isText(given[field])) &&
    (given.metadata === undefined || isTextMap(given.metadata))
  return isSound ? (given as unknown as Measurement) : readMeasurement(given)
}

function readMeasurement(given: JsonObject): Measurement {
  const metadata: StringMap = textMapIn(given, 'metadata')
  return {
    phase: textIn(given, 'phase') as Measurement['phase'],
    ...optionalText(given, 'message'),
    ...optionalText(given, 'startedAt'),
    ...optionalText(given, 'finishedAt'),
    ...optionalText(given, 'value'),
    ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
    ...optionalText(given, 'resumeAt'),
  }
}
