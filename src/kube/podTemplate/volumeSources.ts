import { invalid, invalidPrinted, missing, printed, tooLong, unsupported } from '../fieldError'
import { entriesOf } from '../labels'
import { byteLength, dnsLabel, dnsSubdomain } from '../names'
import {
  all,
  between,
  each,
  field,
  formatted,
  ifGiven,
  isSet,
  listAt,
  never,
  oneOf,
  own,
  type Rule,
  report,
  required,
  requiredOneOf,
  textAt,
  untilBroken,
  when,
} from '../rule'
import { isNegative, quantityAt } from './amounts'
import { claimTemplate } from './claimTemplate'
import { downwardFile } from './downwardApi'
import { absolutePath, descendingPath, fileMode, noBackSteps, textThat, unreservedPath } from './paths'
import { projected } from './projected'

// What a volume can be made of, one rule a source.
//
// The controller hands the template to Kubernetes' rules through JSON of two generations of types, and some fields are
// called otherwise in the second: what is in them is lost, so that the rule always complains. `lost` marks these.

const needs = (name: string): Rule => field(name, required())
const lost =
  (name: string): Rule =>
  (spot) =>
    report(spot, missing(`${spot.path}.${name}`))
const partition = field('partition', between(1, 255))
const byte = between(0, 255)

/** Partitions may be 0 as well; the complaint says otherwise. */
const partitionOrNone: Rule = (spot) => {
  const value = own(spot.value, 'partition')
  if (typeof value === 'number' && value !== 0) partition(spot)
}

export const keyToPath = all(needs('key'), field('path', required(), unreservedPath), field('mode', fileMode))

const keys = all(field('defaultMode', fileMode), field('items', each(keyToPath)))

const iscsiForms: Readonly<Record<string, RegExp>> = {
  iqn: /iqn\.\d{4}-\d{2}\.([a-zA-Z0-9.-]+)(:[^,;*&$|\s]+)$/,
  eui: /^eui.[a-zA-Z0-9]{16}$/,
  naa: /^naa.[a-zA-Z0-9]{32}$/,
}

const iscsiName: Rule = (spot) => {
  const text = textAt(spot.value)
  const form = iscsiForms[text.slice(0, 3)]
  if (!form) report(spot, invalid(spot.path, text, 'must be valid format starting with iqn, eui, or naa'))
  else if (!form.test(text)) report(spot, invalid(spot.path, text, 'must be valid format'))
}

const lowerInitiator: Rule = (spot) =>
  iscsiName({ ...spot, value: own(spot.value, 'initiatorName'), path: `${spot.path}.initiatorname` })

const iscsi = all(
  needs('targetPortal'),
  field('iqn', untilBroken(required(), iscsiName)),
  field('lun', byte),
  when((value) => isSet(own(value, 'initiatorName')), lowerInitiator),
)

const fibreChannel: Rule = (spot) => {
  const [names, ids] = [listAt(own(spot.value, 'targetWWNs')), listAt(own(spot.value, 'wwids'))]
  const path = `${spot.path}.targetWWNs`
  if (names.length === 0 && ids.length === 0) {
    report(spot, missing(path, 'must specify either targetWWNs or wwids, but not both'))
  }
  if (names.length > 0 && ids.length > 0) {
    report(spot, invalidPrinted(path, printed(names), 'targetWWNs and wwids can not be specified simultaneously'))
  }
  if (names.length === 0) return
  const lun = own(spot.value, 'lun')
  if (isSet(lun)) field('lun', byte)(spot)
  else report(spot, missing(`${spot.path}.lun`, 'lun is required if targetWWNs is specified'))
}

const hostAndPorts = 'must be a host:port pair or multiple pairs separated by commas'

/** As Go splits an address: one colon outside of brackets. */
const isHostPort = (text: string): boolean => /^(\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/.test(text)

const mostTenantBytes = 64

const quobyteRegistry: Rule = (spot) => {
  const registry = textAt(own(spot.value, 'registry'))
  const path = `${spot.path}.registry`
  if (registry === '') report(spot, missing(path, hostAndPorts))
  else if (byteLength(textAt(own(spot.value, 'tenant'))) > mostTenantBytes) {
    report(spot, missing(`${spot.path}.tenant`, 'must be a UUID and may not exceed a length of 64 characters'))
  } else {
    for (const pair of registry.split(',')) if (!isHostPort(pair)) report(spot, invalid(path, registry, hostAndPorts))
  }
}

const flocker: Rule = (spot) => {
  const [name, id] = [textAt(own(spot.value, 'datasetName')), textAt(own(spot.value, 'datasetUUID'))]
  if (name === '' && id === '') report(spot, missing(spot.path, 'one of datasetName and datasetUUID is required'))
  if (name !== '' && id !== '') {
    report(spot, invalid(spot.path, 'resource', 'datasetName and datasetUUID can not be specified simultaneously'))
  }
  field(
    'datasetName',
    textThat((text) => !text.includes('/'), "must not contain '/'"),
  )(spot)
}

/** Options of Kubernetes' own are not for people. */
const flexOptions: Rule = (spot) => {
  for (const [key] of entriesOf(spot.value)) {
    const namespace = `.${(key.split('/')[0] ?? '').toLowerCase()}`
    if (namespace.endsWith('.kubernetes.io') || namespace.endsWith('.k8s.io')) {
      report(spot, invalid(`${spot.path}[${key}]`, key, 'kubernetes.io and k8s.io namespaces are reserved'))
    }
  }
}

const diskUris: Readonly<Record<string, string>> = {
  Managed: '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}',
  other: 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd',
}

const azureDisk = all(
  needs('diskName'),
  lost('diskURI'),
  field('cachingMode', when(isSet, oneOf('None', 'ReadOnly', 'ReadWrite'))),
  field('kind', when(isSet, oneOf('Dedicated', 'Managed', 'Shared'))),
  (spot) => {
    const uri = diskUris[own(spot.value, 'kind') === 'Managed' ? 'Managed' : 'other'] ?? ''
    report(spot, unsupported(`${spot.path}.diskURI`, '', [uri]))
  },
)

const storageOs = all(
  field('volumeName', untilBroken(required(), formatted(dnsLabel))),
  field('volumeNamespace', ifGiven(formatted(dnsLabel))),
  field('secretRef', when(isSet, needs('name'))),
)

const mostDriverBytes = 63

const csiDriver = all(
  required(),
  (spot) => {
    if (byteLength(textAt(spot.value)) > mostDriverBytes) report(spot, tooLong(spot.path, mostDriverBytes))
  },
  (spot) => {
    const name = textAt(spot.value)
    for (const detail of dnsSubdomain(name.toLowerCase())) report(spot, invalid(spot.path, name, detail))
  },
)

/** A malformed name is complained about at the source's `name`, where none is. */
const publishSecret: Rule = (spot) => {
  const secret = own(spot.value, 'nodePublishSecretRef')
  if (!isSet(secret)) return
  const name = textAt(own(secret, 'name'))
  if (name === '') report(spot, missing(`${spot.path}.nodePublishSecretRef.name`))
  else for (const detail of dnsSubdomain(name)) report(spot, invalid(`${spot.path}.name`, name, detail))
}

const emptyDir = field(
  'sizeLimit',
  when((value) => {
    const quantity = quantityAt(value)
    return quantity !== undefined && isNegative(quantity)
  }, never('SizeLimit field must be a valid resource quantity')),
)

const hostPathTypes: readonly string[] = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
]

interface VolumeSource {
  readonly name: string
  readonly rule: Rule
  /** Where it is complained about beside another source; its own name if not said. */
  readonly tooManyAt?: string
  /** The path of its fields; its own name if not said. */
  readonly fieldsAt?: string
}

/** In the order in which they are looked at. */
export const volumeSources: readonly VolumeSource[] = [
  { name: 'emptyDir', rule: emptyDir },
  {
    name: 'hostPath',
    rule: untilBroken(
      needs('path'),
      all(field('path', noBackSteps), field('type', when(isSet, oneOf(...hostPathTypes)))),
    ),
  },
  { name: 'gitRepo', rule: all(needs('repository'), field('directory', descendingPath)) },
  { name: 'gcePersistentDisk', fieldsAt: 'persistentDisk', rule: all(needs('pdName'), partitionOrNone) },
  { name: 'awsElasticBlockStore', rule: all(needs('volumeID'), partitionOrNone) },
  { name: 'secret', rule: all(needs('secretName'), keys) },
  { name: 'nfs', rule: all(needs('server'), field('path', required(), absolutePath)) },
  { name: 'iscsi', rule: iscsi },
  { name: 'glusterfs', rule: all(lost('endpoints'), needs('path')) },
  { name: 'flocker', rule: flocker },
  { name: 'persistentVolumeClaim', rule: needs('claimName') },
  { name: 'rbd', rule: all(lost('monitors'), lost('image')) },
  { name: 'cinder', rule: all(needs('volumeID'), field('secretRef', when(isSet, needs('name')))) },
  { name: 'cephfs', tooManyAt: 'cephFS', rule: needs('monitors') },
  { name: 'quobyte', rule: all(quobyteRegistry, needs('volume')) },
  {
    name: 'downwardAPI',
    tooManyAt: 'downwarAPI',
    rule: all(field('defaultMode', fileMode), (spot) => {
      for (const value of listAt(own(spot.value, 'items'))) downwardFile({ ...spot, value })
    }),
  },
  { name: 'fc', rule: fibreChannel },
  { name: 'flexVolume', rule: all(needs('driver'), field('options', flexOptions)) },
  { name: 'configMap', rule: all(needs('name'), keys) },
  { name: 'azureFile', rule: all(needs('secretName'), needs('shareName')) },
  { name: 'vsphereVolume', rule: needs('volumePath') },
  { name: 'photonPersistentDisk', rule: needs('pdID') },
  { name: 'portworxVolume', rule: needs('volumeID') },
  { name: 'azureDisk', rule: azureDisk },
  { name: 'storageos', rule: storageOs },
  { name: 'projected', rule: projected(keyToPath) },
  { name: 'scaleIO', rule: all(needs('gateway'), needs('system'), needs('volumeName')) },
  { name: 'csi', rule: all(field('driver', csiDriver), publishSecret) },
  {
    name: 'ephemeral',
    rule: field('volumeClaimTemplate', (spot) => (isSet(spot.value) ? claimTemplate : required())(spot)),
  },
  { name: 'image', rule: field('pullPolicy', requiredOneOf('Always', 'IfNotPresent', 'Never')) },
]
