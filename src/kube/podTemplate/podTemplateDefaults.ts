import { isJsonObject } from '../../model/json'
import { printQuantity } from '../quantity/printQuantity'
import { milliExponent, roundUp } from '../quantity/quantity'
import { readQuantity } from '../types/leaves'
import { defaultImagePullPolicy } from './imagePullPolicy'

type Fields = Readonly<Record<string, unknown>>
type Defaulting = (value: Fields) => Fields

const volumeFileMode = 0o644

/**
 * The template with the defaults that Kubernetes' API server gives to a pod template (not those that only a Pod gets:
 * requests from limits, host ports, enableServiceLinks). Resource quantities are rounded up to thousandths. What needs
 * no default is the same object as before; without any the template itself comes back. Takes any value, never throws
 * for data. Source: Kubernetes 1.34 defaulting of PodTemplate; behaviour 3.3 "desired side defaulted".
 *
 * `withPodTemplateDefaults({}).spec.restartPolicy === 'Always'`
 */
export function withPodTemplateDefaults(template: unknown): Fields {
  return inside(isJsonObject(template) ? template : {}, 'spec', defaultPodSpec, 'create')
}

function defaultPodSpec(given: Fields): Fields {
  let spec = fillEmpty(given, {
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
  })
  spec = fillMissing(spec, { securityContext: {}, terminationGracePeriodSeconds: 30 })
  spec = inEach(spec, 'volumes', defaultVolume)
  spec = inEach(spec, 'initContainers', defaultContainer)
  spec = inEach(spec, 'containers', defaultContainer)
  spec = inEach(spec, 'ephemeralContainers', defaultContainer)
  spec = inside(spec, 'overhead', roundQuantities)
  return inside(spec, 'resources', roundResources)
}

function defaultContainer(given: Fields): Fields {
  let container = fillEmpty(given, { terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' })
  const image = typeof container.image === 'string' ? container.image : ''
  container = fillEmpty(container, { imagePullPolicy: defaultImagePullPolicy(image) })
  container = inEach(container, 'ports', (port) => fillEmpty(port, { protocol: 'TCP' }))
  container = inEach(container, 'env', (variable) => inside(variable, 'valueFrom', defaultEnvSource))
  container = inside(container, 'resources', roundResources)
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe'])
    container = inside(container, probe, defaultProbe)
  return inside(container, 'lifecycle', (lifecycle) =>
    inside(inside(lifecycle, 'postStart', defaultHandler), 'preStop', defaultHandler),
  )
}

const defaultEnvSource: Defaulting = (source) =>
  inside(inside(source, 'fieldRef', defaultFieldRef), 'fileKeyRef', (ref) => fillMissing(ref, { optional: false }))

const defaultFieldRef: Defaulting = (ref) => fillEmpty(ref, { apiVersion: 'v1' })

const defaultHandler: Defaulting = (handler) =>
  inside(handler, 'httpGet', (httpGet) => fillEmpty(httpGet, { path: '/', scheme: 'HTTP' }))

function defaultProbe(given: Fields): Fields {
  const probe = fillEmpty(given, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 })
  return inside(defaultHandler(probe), 'grpc', (grpc) => fillMissing(grpc, { service: '' }))
}

/** Everything in a volume but its name is a source. */
function defaultVolume(given: Fields): Fields {
  const hasSource = volumeSources.some((source) => isJsonObject(given[source]))
  let volume = hasSource ? given : { ...given, emptyDir: {} }
  for (const [source, defaulting] of defaultedSources) volume = inside(volume, source, defaulting)
  return volume
}

const volumeSources: readonly string[] = (
  'hostPath emptyDir gcePersistentDisk awsElasticBlockStore gitRepo secret nfs iscsi glusterfs persistentVolumeClaim ' +
  'rbd flexVolume cinder cephfs flocker downwardAPI fc azureFile configMap vsphereVolume quobyte azureDisk ' +
  'photonPersistentDisk projected portworxVolume scaleIO storageos csi ephemeral image'
).split(' ')

const defaultFileMode: Defaulting = (source) => fillMissing(source, { defaultMode: volumeFileMode })

const defaultDownwardItems: Defaulting = (source) =>
  inEach(source, 'items', (item) => inside(item, 'fieldRef', defaultFieldRef))

const defaultProjection: Defaulting = (projection) =>
  inside(inside(projection, 'downwardAPI', defaultDownwardItems), 'serviceAccountToken', (token) =>
    fillMissing(token, { expirationSeconds: 3600 }),
  )

const defaultClaim: Defaulting = (claim) =>
  inside(
    claim,
    'spec',
    (spec) => inside(fillMissing(spec, { volumeMode: 'Filesystem' }), 'resources', roundResources),
    'create',
  )

const defaultedSources: readonly (readonly [string, Defaulting])[] = [
  ['hostPath', (source) => fillMissing(source, { type: '' })],
  ['secret', defaultFileMode],
  ['configMap', defaultFileMode],
  ['downwardAPI', (source) => defaultDownwardItems(defaultFileMode(source))],
  ['projected', (source) => inEach(defaultFileMode(source), 'sources', defaultProjection)],
  ['iscsi', (source) => fillEmpty(source, { iscsiInterface: 'default' })],
  ['rbd', (source) => fillEmpty(source, { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' })],
  [
    'azureDisk',
    (source) => fillMissing(source, { cachingMode: 'ReadWrite', fsType: 'ext4', readOnly: false, kind: 'Shared' }),
  ],
  ['scaleIO', (source) => fillEmpty(source, { storageMode: 'ThinProvisioned', fsType: 'xfs' })],
  ['ephemeral', (source) => inside(source, 'volumeClaimTemplate', defaultClaim)],
]

const roundResources: Defaulting = (resources) =>
  inside(inside(resources, 'limits', roundQuantities), 'requests', roundQuantities)

function roundQuantities(list: Fields): Fields {
  let rounded = list
  for (const key of Object.keys(list)) {
    const quantity = readQuantity(list[key])
    const up = quantity && roundUp(quantity, milliExponent)
    if (up && up !== quantity) rounded = set(rounded, key, printQuantity(up))
  }
  return rounded
}

/** For plain Go fields: an empty text and 0 ask for the default as well. */
const fillEmpty = (record: Fields, defaults: Fields): Fields =>
  fill(record, defaults, (given, preset) => typeof given !== typeof preset || given === '' || given === 0)

/** For Go pointers: whatever is given stays. */
const fillMissing = (record: Fields, defaults: Fields): Fields =>
  fill(record, defaults, (given, preset) => given === null || typeof given !== typeof preset)

function fill(record: Fields, defaults: Fields, wanted: (given: unknown, preset: unknown) => boolean): Fields {
  let filled: Record<string, unknown> | undefined
  for (const [key, preset] of Object.entries(defaults)) {
    if (!wanted(record[key], preset)) continue
    filled ??= { ...record }
    filled[key] = preset
  }
  return filled ?? record
}

/** A missing struct equals an empty one (`create`); a missing pointer stays missing. */
function inside(record: Fields, key: string, defaulting: Defaulting, missing: 'skip' | 'create' = 'skip'): Fields {
  const given = record[key]
  if (isJsonObject(given)) return set(record, key, defaulting(given))
  return missing === 'create' ? set(record, key, defaulting({})) : record
}

function inEach(record: Fields, key: string, defaulting: Defaulting): Fields {
  const given = record[key]
  if (!Array.isArray(given)) return record
  const items = given.map((item: unknown) => defaulting(isJsonObject(item) ? item : {}))
  return items.some((item, i) => item !== given[i]) ? set(record, key, items) : record
}

/** Copies only for a change. A computed key makes an own property even of `__proto__`. */
const set = (record: Fields, key: string, value: unknown): Fields =>
  record[key] === value ? record : { ...record, [key]: value }
