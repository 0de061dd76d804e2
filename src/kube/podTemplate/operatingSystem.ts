import { forbidden, invalid, invalidPrinted, missing, notFound, unsupported } from '../fieldError'
import {
  all,
  childOf,
  type Fields,
  field,
  fieldsAt,
  isEmpty,
  isSet,
  itemsOf,
  own,
  type Rule,
  report,
  type Spot,
  textAt,
} from '../rule'

// What only holds for pods on Linux, or on Windows.

/** All containers of a pod in the order in which Kubernetes visits them. */
export const containersOf = (spec: Spot): readonly Spot[] =>
  ['initContainers', 'containers', 'ephemeralContainers'].flatMap((name) => itemsOf(childOf(spec, name)))

const inEachContainer =
  (rule: Rule): Rule =>
  (spec) => {
    for (const container of containersOf(spec)) rule(container)
  }

const forbiddenFields = (names: string, detail: string): Rule => {
  const complain: Rule = (spot) => {
    // an empty list is not written, and so not there
    if (isSet(spot.value) && !(Array.isArray(spot.value) && isEmpty(spot.value))) {
      report(spot, forbidden(spot.path, detail))
    }
  }
  return all(...names.split(' ').map((name) => field(name, complain)))
}

const notOnWindows = 'cannot be set for a windows pod'

const linux = all(
  field('securityContext', forbiddenFields('windowsOptions', 'windows options cannot be set for a linux pod')),
  inEachContainer(
    field('securityContext', forbiddenFields('windowsOptions', 'windows options cannot be set for a linux pod')),
  ),
)

const windows = all(
  field(
    'securityContext',
    forbiddenFields(
      'appArmorProfile seLinuxOptions seccompProfile fsGroup fsGroupChangePolicy sysctls runAsUser runAsGroup supplementalGroups supplementalGroupsPolicy seLinuxChangePolicy',
      notOnWindows,
    ),
  ),
  inEachContainer(
    field(
      'securityContext',
      forbiddenFields(
        'appArmorProfile seLinuxOptions seccompProfile capabilities readOnlyRootFilesystem privileged allowPrivilegeEscalation procMount runAsUser runAsGroup',
        notOnWindows,
      ),
    ),
  ),
)

export const operatingSystem: Rule = (spec) => {
  const os = own(spec.value, 'os')
  if (!isSet(os)) return
  const name = textAt(own(os, 'name'))
  if (name === '') report(spec, missing(`${spec.path}.os.name`))
  else if (name === 'linux') linux(spec)
  else if (name === 'windows') windows(spec)
  else report(spec, unsupported(`${spec.path}.os`, name, ['linux', 'windows']))
}

const hostProcessOf = (holder: Fields): unknown =>
  own(own(own(holder, 'securityContext'), 'windowsOptions'), 'hostProcess')

/**
 * Containers that run as processes of the host. `hostNetwork` is lost on the way to these rules (see volumeSources.ts)
 * and the controller allows nothing privileged, so a pod with one of them is always refused.
 */
export const hostProcess: Rule = (spec) => {
  const ofPod = hostProcessOf(fieldsAt(spec.value))
  const containers = containersOf(spec)
  let processes = 0
  for (const container of containers) {
    const itself = hostProcessOf(fieldsAt(container.value))
    if (typeof ofPod === 'boolean' && typeof itself === 'boolean' && ofPod !== itself) {
      const detail = `pod hostProcess value must be identical if both are specified, was ${ofPod}`
      const path = `${container.path}.securityContext.windowsOptions.hostProcess`
      report(spec, invalidPrinted(path, String(itself), detail))
    }
    if (itself === true || (!isSet(itself) && ofPod === true)) processes++
  }
  if (processes === 0) return
  if (processes !== containers.length) {
    const detail = 'If pod contains any hostProcess containers then all containers must be HostProcess containers'
    report(spec, invalid(spec.path, '', detail))
  }
  const detail = 'hostNetwork must be true if pod contains any hostProcess containers'
  report(spec, invalidPrinted(`${spec.path}.hostNetwork`, 'false', detail))
  report(spec, forbidden(spec.path, 'hostProcess containers are disallowed by cluster policy'))
}

export const fileKeyVolumes: Rule = (spec) => {
  const references = containersOf(spec)
    .flatMap((container) => itemsOf(childOf(container, 'env')))
    .map((variable) => childOf(childOf(variable, 'valueFrom'), 'fileKeyRef'))
    .filter(({ value }) => isSet(value))
  if (references.length === 0) return
  const volumes = new Map(itemsOf(childOf(spec, 'volumes')).map(({ value }) => [textAt(own(value, 'name')), value]))
  for (const reference of references) emptyDirNeeded(reference, volumes)
}

function emptyDirNeeded(spot: Spot, volumes: ReadonlyMap<string, unknown>): void {
  const name = textAt(own(spot.value, 'volumeName'))
  const volume = volumes.get(name)
  const path = `${spot.path}.volumeName`
  if (volume === undefined) report(spot, notFound(path, name))
  else if (!isSet(own(volume, 'emptyDir'))) {
    report(spot, invalid(path, name, 'referenced volume must be of type emptyDir'))
  }
}
