import { forbidden, invalid } from '../fieldError'
import { entriesOf } from '../labels'
import { childOf, each, type Fields, fieldsAt, isSet, own, type Rule, report, type Spot, textAt } from '../rule'
import { containersOf } from './operatingSystem'
import { descendingPath } from './paths'
import { toleration } from './scheduling'

// Annotations that mean something to Kubernetes itself.

const mirror = 'kubernetes.io/config.mirror'
const tolerations = 'scheduler.alpha.kubernetes.io/tolerations'
const seccompPod = 'seccomp.security.alpha.kubernetes.io/pod'
const seccompContainer = 'container.seccomp.security.alpha.kubernetes.io/'
const appArmorContainer = 'container.apparmor.security.beta.kubernetes.io/'

const localhost = 'localhost/'
const runtimeDefaults: readonly string[] = ['runtime/default', 'docker/default']

const seccompProfile: Rule = (spot) => {
  const profile = textAt(spot.value)
  if (runtimeDefaults.includes(profile) || profile === 'unconfined') return
  if (profile.startsWith(localhost)) descendingPath({ ...spot, value: profile.slice(localhost.length) })
  else report(spot, invalid(spot.path, profile, 'must be a valid seccomp profile'))
}

const isAppArmorProfile = (profile: string): boolean =>
  profile === '' || profile === 'runtime/default' || profile === 'unconfined' || profile.startsWith(localhost)

function tolerationList(spot: Spot, text: string): void {
  const list = parsed(text)
  if (!Array.isArray(list)) report(spot, invalid(spot.path, tolerations, 'must be a JSON list of tolerations'))
  else each(toleration)({ ...spot, value: list, path: `${spot.path}.${tolerations}` })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? []
  } catch {
    return undefined
  }
}

/** Before the pod's spec: annotations in themselves. */
export function podAnnotations(annotations: Spot, spec: Spot): void {
  const given = fieldsAt(annotations.value)
  if (Object.keys(given).length === 0) return
  if (isSet(own(given, mirror)) && textAt(own(spec.value, 'nodeName')) === '') {
    const detail = 'must set spec.nodeName if mirror pod annotation is set'
    report(spec, invalid(`${annotations.path}[${mirror}]`, textAt(given[mirror]), detail))
  }
  if (textAt(own(given, tolerations)) !== '') tolerationList(annotations, textAt(given[tolerations]))
  if (isSet(own(given, seccompPod))) seccompProfile(childOf(annotations, seccompPod))
  const entries = entriesOf(given)
  for (const [key] of entries) if (key.startsWith(seccompContainer)) seccompProfile(childOf(annotations, key))
  const names = new Set(containersOf(spec).map(({ value }) => textAt(own(value, 'name'))))
  for (const [key, value] of entries) {
    if (!key.startsWith(appArmorContainer)) continue
    const [path, container, profile] = [
      `${annotations.path}[${key}]`,
      key.slice(appArmorContainer.length),
      textAt(value),
    ]
    if (!names.has(container)) report(spec, invalid(path, container, 'container not found'))
    if (!isAppArmorProfile(profile)) {
      report(spec, invalid(path, profile, `invalid AppArmor profile name: ${JSON.stringify(profile)}`))
    }
  }
}

type Agreement = (annotation: string, profile: Fields) => 'type' | 'localhostProfile' | undefined

const agreement =
  (defaults: readonly string[]): Agreement =>
  (annotation, profile) => {
    switch (textAt(profile.type)) {
      case 'Unconfined':
        return annotation === 'unconfined' ? undefined : 'type'
      case 'RuntimeDefault':
        return defaults.includes(annotation) ? undefined : 'type'
      case 'Localhost':
        if (!annotation.startsWith(localhost)) return 'type'
        return annotation === `${localhost}${textAt(profile.localhostProfile)}` && isSet(profile.localhostProfile)
          ? undefined
          : 'localhostProfile'
      default:
        return undefined
    }
  }

const seccompAgrees = agreement(runtimeDefaults)
const appArmorAgrees = agreement(['runtime/default'])

/** After the pod's spec: where annotation and field speak of the same profile they say the same. */
export function profilesAgree(annotations: Fields, spec: Spot): void {
  if (Object.keys(annotations).length === 0) return
  const complain = (kind: string, path: string, differs: 'type' | 'localhostProfile' | undefined): void => {
    if (!differs) return
    const what = differs === 'type' ? 'type' : 'profile'
    report(spec, forbidden(`${path}.${differs}`, `${kind} ${what} in annotation and field must match`))
  }
  const security = own(spec.value, 'securityContext')
  const compare = (kind: string, path: string, key: string, profile: unknown, agrees: Agreement): void => {
    const annotation = own(annotations, key)
    if (isSet(profile) && typeof annotation === 'string') complain(kind, path, agrees(annotation, fieldsAt(profile)))
  }
  const podPath = `${spec.path}.securityContext.seccompProfile`
  compare('seccomp', podPath, seccompPod, own(security, 'seccompProfile'), seccompAgrees)
  const containers = containersOf(spec).map(({ value, path }) => ({
    name: textAt(own(value, 'name')),
    security: own(value, 'securityContext'),
    path: `${path}.securityContext`,
  }))
  for (const { name, security: itsOwn, path } of containers) {
    const key = `${seccompContainer}${name}`
    compare('seccomp', `${path}.seccompProfile`, key, own(itsOwn, 'seccompProfile'), seccompAgrees)
  }
  if (own(own(spec.value, 'os'), 'name') === 'windows') return
  for (const { name, security: itsOwn, path } of containers) {
    const profile = own(itsOwn, 'appArmorProfile') ?? own(security, 'appArmorProfile')
    compare('apparmor', `${path}.appArmorProfile`, `${appArmorContainer}${name}`, profile, appArmorAgrees)
  }
}
