import { forbidden, invalid, notFound } from '../fieldError'
import { field, isSet, itemsOf, listAt, oneOf, own, report, required, type Spot, textAt, when } from '../rule'
import { descendingPath } from './paths'
import type { PodFacts } from './podFacts'

// Where a container finds the pod's volumes. Some complaints stand at the list, without the mount's number.

const pathsOf = (list: unknown, pathName: string): ReadonlyMap<string, string> =>
  new Map(listAt(list).map((item) => [textAt(own(item, 'name')), textAt(own(item, pathName))]))

/** The mounts of a container. */
export function volumeMounts(pod: PodFacts, container: Spot): void {
  if (listAt(own(container.value, 'volumeMounts')).length === 0) return
  const list: Spot = {
    ...container,
    value: own(container.value, 'volumeMounts'),
    path: `${container.path}.volumeMounts`,
  }
  const devices = pathsOf(own(container.value, 'volumeDevices'), 'devicePath')
  const devicePaths = new Set(devices.values())
  const seen = new Set<string>()
  const privileged = own(own(container.value, 'securityContext'), 'privileged') === true
  for (const spot of itemsOf(list)) {
    const [name, path] = [textAt(own(spot.value, 'name')), textAt(own(spot.value, 'mountPath'))]
    const nameIs = (detail: string): void => report(spot, invalid(`${spot.path}.name`, name, detail))
    const pathIs = (detail: string): void => report(spot, invalid(`${spot.path}.mountPath`, path, detail))
    field('name', required())(spot)
    if (!pod.volumes.has(name)) report(spot, notFound(`${spot.path}.name`, name))
    field('mountPath', required())(spot)
    if (seen.has(path)) pathIs('must be unique')
    seen.add(path)
    if (devices.has(name)) nameIs('must not already exist in volumeDevices')
    if (devicePaths.has(path)) pathIs('must not already exist as a path in volumeDevices')
    subPaths(list, spot)
    propagation({ ...list, value: spot.value }, privileged)
  }
}

function subPaths(list: Spot, spot: Spot): void {
  const [subPath, expression] = [textAt(own(spot.value, 'subPath')), textAt(own(spot.value, 'subPathExpr'))]
  if (subPath !== '') descendingPath({ ...list, value: subPath, path: `${list.path}.subPath` })
  if (expression === '') return
  if (subPath !== '') {
    report(spot, invalid(`${spot.path}.subPathExpr`, expression, 'subPathExpr and subPath are mutually exclusive'))
  }
  descendingPath({ ...list, value: expression, path: `${list.path}.subPathExpr` })
}

const propagations = ['Bidirectional', 'HostToContainer', 'None'] as const
const readOnlyModes = ['Disabled', 'Enabled', 'IfPossible'] as const

function propagation(spot: Spot, privileged: boolean): void {
  const given = own(spot.value, 'mountPropagation')
  const at = `${spot.path}.mountPropagation`
  field('mountPropagation', when(isSet, oneOf(...propagations)))(spot)
  if (given === 'Bidirectional' && !privileged) {
    report(spot, forbidden(at, 'Bidirectional mount propagation is available only to privileged containers'))
  }
  const recursive = own(spot.value, 'recursiveReadOnly')
  field('recursiveReadOnly', when(isSet, oneOf(...readOnlyModes)))(spot)
  if (recursive !== 'Enabled' && recursive !== 'IfPossible') return
  const only = (detail: string): void => report(spot, forbidden(`${spot.path}.recursiveReadOnly`, detail))
  if (own(spot.value, 'readOnly') !== true) only('may only be specified when readOnly is true')
  if (isSet(given) && given !== 'None') {
    only('may only be specified when mountPropagation is None or not specified')
  }
}

/** Block devices of a container: only claims can be one. */
export function volumeDevices(pod: PodFacts, container: Spot): void {
  if (listAt(own(container.value, 'volumeDevices')).length === 0) return
  const list: Spot = {
    ...container,
    value: own(container.value, 'volumeDevices'),
    path: `${container.path}.volumeDevices`,
  }
  const mounts = pathsOf(own(container.value, 'volumeMounts'), 'mountPath')
  const mountPaths = new Set(mounts.values())
  const [names, paths] = [new Set<string>(), new Set<string>()]
  for (const spot of itemsOf(list)) {
    const [name, path] = [textAt(own(spot.value, 'name')), textAt(own(spot.value, 'devicePath'))]
    const nameIs = (detail: string): void => report(spot, invalid(`${spot.path}.name`, name, detail))
    const pathIs = (detail: string): void => report(spot, invalid(`${spot.path}.devicePath`, path, detail))
    const volume = pod.volumes.get(name)
    const isClaim = isSet(own(volume, 'persistentVolumeClaim')) || isSet(own(volume, 'ephemeral'))
    field('name', required())(spot)
    if (names.has(name)) nameIs('must be unique')
    if (volume !== undefined && !isClaim) {
      nameIs('can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode')
    }
    if (volume === undefined) report(spot, notFound(`${spot.path}.name`, name))
    field('devicePath', required())(spot)
    if (paths.has(path)) pathIs('must be unique')
    if (path.split('/').includes('..')) pathIs("can not contain backsteps ('..')")
    else paths.add(path)
    if (mounts.has(name)) nameIs('must not already exist in volumeMounts')
    if (mountPaths.has(path)) pathIs('must not already exist as a path in volumeMounts')
    if (name !== '') names.add(name)
  }
}
