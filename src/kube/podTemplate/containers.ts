import { duplicate, forbidden, invalid, invalidPrinted, missing, notFound } from '../fieldError'
import { dnsLabel, portName } from '../names'
import {
  all,
  between,
  childOf,
  each,
  field,
  formatted,
  isEmpty,
  isSet,
  itemsOf,
  listAt,
  noneOf,
  numberAt,
  oneOf,
  own,
  type Rule,
  report,
  required,
  requiredOneOf,
  type Spot,
  textAt,
  untilBroken,
  when,
} from '../rule'
import { envFrom, variable } from './env'
import { lifecycle, probes } from './handlers'
import type { PodFacts } from './podFacts'
import { printedResizePolicies } from './printed'
import { resizePolicy, resourceAmounts, resourceClaims } from './resources'
import { containerSecurity } from './securityContext'
import { volumeDevices, volumeMounts } from './volumeMounts'

const portNumber = between(1, 65_535)

const port = all(
  field('containerPort', (spot) => (numberAt(spot.value) === 0 ? report(spot, missing(spot.path)) : portNumber(spot))),
  field(
    'hostPort',
    when((value) => numberAt(value) !== 0, portNumber),
  ),
  field('protocol', requiredOneOf('SCTP', 'TCP', 'UDP')),
)

/** Names are unique among those that are well formed. */
const ports: Rule = (list) => {
  const names = new Set<string>()
  for (const spot of itemsOf(list)) {
    const name = childOf(spot, 'name')
    const text = textAt(name.value)
    if (text !== '') {
      formatted(portName)(name)
      if (names.has(text)) report(name, duplicate(name.path, text))
      else if (portName(text).length === 0) names.add(text)
    }
    port(spot)
  }
}

const labelName = untilBroken(required(), formatted(dnsLabel))

const beforeMounts = all(
  field('name', labelName),
  field('image', required()),
  field('terminationMessagePolicy', requiredOneOf('File', 'FallbackToLogsOnError')),
  field('ports', ports),
  field('env', each(variable)),
  field('envFrom', envFrom),
)
const pullPolicy = field('imagePullPolicy', requiredOneOf('Always', 'IfNotPresent', 'Never'))
const amounts = field('resources', resourceAmounts)
const security = field('securityContext', containerSecurity)

/** What every kind of container obeys. */
const anyContainer =
  (pod: PodFacts): Rule =>
  (spot) => {
    beforeMounts(spot)
    volumeMounts(pod, spot)
    volumeDevices(pod, spot)
    pullPolicy(spot)
    amounts(spot)
    if (isSet(own(own(spot.value, 'resources'), 'claims')))
      field('resources', field('claims', resourceClaims(pod)))(spot)
    if (isSet(own(spot.value, 'resizePolicy'))) field('resizePolicy', resizePolicy(pod))(spot)
    security(spot)
  }

const nameOf = (spot: Spot): string => textAt(own(spot.value, 'name'))
const namesIn = (list: unknown): readonly string[] => listAt(list).map((value) => textAt(own(value, 'name')))

/** A port of the node is used once. */
function hostPortsOnce(containers: readonly Spot[]): void {
  const taken = new Set<string>()
  for (const spot of containers.flatMap((container) => itemsOf(childOf(container, 'ports')))) {
    const hostPort = numberAt(own(spot.value, 'hostPort'))
    if (hostPort === 0) continue
    const shown = `${textAt(own(spot.value, 'protocol'))}/${textAt(own(spot.value, 'hostIP'))}/${hostPort}`
    if (taken.has(shown)) report(spot, duplicate(`${spot.path}.hostPort`, shown))
    taken.add(shown)
  }
}

/** The containers of a pod's own. */
export const containers =
  (pod: PodFacts): Rule =>
  (list) => {
    if (isEmpty(list.value)) return report(list, missing(list.path))
    const [common, ownLifecycle, names] = [anyContainer(pod), lifecycle(pod), new Set<string>()]
    for (const spot of itemsOf(list)) {
      common(spot)
      if (names.has(nameOf(spot))) report(spot, duplicate(`${spot.path}.name`, nameOf(spot)))
      names.add(nameOf(spot))
      ownLifecycle(spot)
      probes(spot)
      if (isSet(own(spot.value, 'restartPolicy'))) {
        report(spot, forbidden(`${spot.path}.restartPolicy`, 'may not be set for non-init containers'))
      }
    }
    hostPortsOnce(itemsOf(list))
  }

const sidecarOnly = noneOf(
  ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'],
  'may not be set for init containers without restartPolicy=Always',
)

/** Init containers run one after the other, so two of them may use the same port of the node. */
export const initContainers =
  (pod: PodFacts, regular: unknown): Rule =>
  (list) => {
    const [common, ownLifecycle, names] = [anyContainer(pod), lifecycle(pod), new Set(namesIn(regular))]
    for (const spot of itemsOf(list)) {
      const name = nameOf(spot)
      common(spot)
      field('restartPolicy', when(isSet, oneOf('Always')))(spot)
      if (names.has(name)) report(spot, duplicate(`${spot.path}.name`, name))
      else if (name !== '') names.add(name)
      // upstream counts from the head of the list again, so that the complaint names the first container
      hostPortsOnce([{ ...spot, path: `${list.path}[0]` }])
      if (own(spot.value, 'restartPolicy') === 'Always') all(ownLifecycle, probes)(spot)
      else sidecarOnly(spot)
      const policies = listAt(own(spot.value, 'resizePolicy'))
      if (policies.length > 0) {
        const shown = printedResizePolicies(policies)
        report(spot, invalidPrinted(`${spot.path}.resizePolicy`, shown, 'must not be set for init containers'))
      }
    }
  }

const notEphemeral = 'cannot be set for an Ephemeral Container'

const allowedFields = all(
  noneOf(['ports'], notEphemeral),
  field('resources', (spot) => {
    const parts = ['limits', 'requests', 'claims'].map((name) => own(spot.value, name))
    if (!parts.every(isEmpty)) report(spot, forbidden(spot.path, notEphemeral))
  }),
  noneOf(
    [
      'resizePolicy',
      'restartPolicy',
      'restartPolicyRules',
      'livenessProbe',
      'readinessProbe',
      'startupProbe',
      'lifecycle',
    ],
    notEphemeral,
  ),
)

const noSubPaths = field(
  'volumeMounts',
  each((spot) => {
    for (const name of ['subPath', 'subPathExpr']) {
      if (textAt(own(spot.value, name)) !== '') report(spot, forbidden(`${spot.path}.${name}`, notEphemeral))
    }
  }),
)

/** No template may have any; they are judged anyway. */
export const ephemeralContainers =
  (pod: PodFacts, others: readonly unknown[]): Rule =>
  (list) => {
    const [common, lasting] = [anyContainer(pod), new Set(others.flatMap(namesIn))]
    const names = new Set(lasting)
    for (const spot of itemsOf(list)) {
      const image = textAt(own(spot.value, 'image'))
      common(spot)
      if (image.trim() !== image) {
        report(spot, invalid(`${spot.path}.image`, image, 'must not have leading or trailing whitespace'))
      }
      if (names.has(nameOf(spot))) report(spot, duplicate(`${spot.path}.name`, nameOf(spot)))
      names.add(nameOf(spot))
      const target = textAt(own(spot.value, 'targetContainerName'))
      if (target !== '' && !lasting.has(target)) report(spot, notFound(`${spot.path}.targetContainerName`, target))
      allowedFields(spot)
      noSubPaths(spot)
    }
  }
