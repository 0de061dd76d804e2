import { fromBytes, toBytes } from '../../go/bytes'
import { typedMetric } from '../../kube/types/throughTypes'
import type { JsonObject } from '../../model/json'
import type { KubeObject, StringMap } from '../../model/meta'
import type { ProviderContext } from '../exchange/context'
import { objectIn, textMapIn } from '../exchange/read'
import type { Failed } from '../exchange/steps'

/** Labels a Job and its pods with the run's UID. */
export const runUidLabel = 'analysisrun.argoproj.io/uid'
const nameAnnotation = 'analysisrun.argoproj.io/name'
const namespaceAnnotation = 'analysisrun.argoproj.io/namespace'
const metricAnnotation = 'analysisrun.argoproj.io/metric-name'

/** Job names become labels of pods. */
const maxNameLength = 63

/** The Job of a measurement. `foreign`: it goes to another cluster, where the run cannot own it. */
export function newJob(
  context: ProviderContext,
  namespace: string,
  foreign: boolean,
): { readonly object: KubeObject } | Failed {
  const { run, metric } = context
  // As the controller would write it: unknown fields are gone, quantities canonical.
  const config = objectIn({ ...typedMetric(metric).provider }, 'job')
  const { uid = '', name: runName, namespace: runNamespace = '' } = run.metadata
  const name = jobName(context)
  // Upstream panics here; an engine must not.
  if (name === undefined) return { error: `no room for a job name: the UID of the run is too long` }
  const metadata = objectIn(config, 'metadata')
  const owner = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisRun',
    name: runName,
    uid,
    controller: true,
    blockOwnerDeletion: true,
  }
  const owned = !foreign && namespace === runNamespace
  return {
    object: {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name,
        namespace,
        labels: { ...textMapIn(metadata, 'labels'), [runUidLabel]: uid },
        annotations: {
          ...textMapIn(metadata, 'annotations'),
          [nameAnnotation]: runName,
          [namespaceAnnotation]: runNamespace,
          [metricAnnotation]: metric.name,
        },
        ...(owned ? { ownerReferences: [owner] } : {}),
      },
      spec: withPodLabel(objectIn(config, 'spec'), uid),
    },
  }
}

/** The label by which the controller finds the Job's pods. */
function withPodLabel(spec: JsonObject, uid: string): JsonObject {
  const template = objectIn(spec, 'template')
  const metadata = objectIn(template, 'metadata')
  const labels: StringMap = { ...textMapIn(metadata, 'labels'), [runUidLabel]: uid }
  return { ...spec, template: { ...template, metadata: { ...metadata, labels } } }
}

/** `<run UID>.<metric>.<n>`, the metric cut so that it fits; n counts all measurements ever taken. */
function jobName(context: ProviderContext): string | undefined {
  const { run, metric } = context
  const result = run.status?.metricResults?.find((one) => one.name === metric.name)
  const number = (result?.count ?? 0) + (result?.error ?? 0) + 1
  const parts = (name: string): string => `${run.metadata.uid ?? ''}.${name}.${number}`
  const name = toBytes(metric.name)
  const over = toBytes(parts('')).length + name.length - maxNameLength
  if (over <= 0) return parts(metric.name)
  return over > name.length ? undefined : parts(fromBytes(name.slice(0, name.length - over)))
}
