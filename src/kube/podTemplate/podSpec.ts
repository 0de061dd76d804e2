import { duplicate, invalidPrinted } from '../fieldError'
import { labels } from '../labels'
import { dnsLabel, dnsSubdomain, qualifiedName } from '../names'
import {
  all,
  between,
  childOf,
  each,
  exactlyOne,
  field,
  formatted,
  ifGiven,
  isSet,
  itemsOf,
  listAt,
  numberAt,
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
import { containers, ephemeralContainers, initContainers } from './containers'
import { dnsConfig, hostAliases, hostnameOverride } from './network'
import { fileKeyVolumes, hostProcess, operatingSystem } from './operatingSystem'
import type { PodFacts } from './podFacts'
import { printedResourceClaim } from './printed'
import { resourceAmounts } from './resources'
import { affinity, schedulingGates, toleration, topologySpread } from './scheduling'
import { podSecurity } from './securityContext'
import { volumeSources } from './volumeSources'

const mostIscsiBytes = 64

/** What starts an iSCSI session is named after the volume. */
const iscsiNameFits: Rule = (spot) => {
  const iscsi = own(spot.value, 'iscsi')
  const name = textAt(own(spot.value, 'name'))
  if (!isSet(own(iscsi, 'initiatorName'))) return
  if (`${name}:${textAt(own(iscsi, 'targetPortal'))}`.length <= mostIscsiBytes) return
  const detail =
    'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.'
  report(spot, invalidPrinted(`${spot.path}.name`, JSON.stringify(name), detail))
}

const sourceChoices = volumeSources.map(({ name, rule, tooManyAt, fieldsAt = name }) => ({
  name,
  ...(tooManyAt !== undefined && { tooManyAt }),
  ...(name === 'iscsi' && { beside: iscsiNameFits }),
  rule: fieldsAt === name ? rule : (spot: Spot) => rule({ ...spot, path: spot.path.replace(/[^.]*$/, fieldsAt) }),
}))

const volumeSource = exactlyOne(sourceChoices, {
  none: 'must specify a volume type',
  several: 'may not specify more than 1 volume type',
})

const volumeName = untilBroken(required(), formatted(dnsLabel))
/** Judges the volumes and gives back those that are well formed: a mount finds no others. */
function wellFormedVolumes(list: Spot): ReadonlyMap<string, unknown> {
  const volumes = new Map<string, unknown>()
  for (const spot of itemsOf(list)) {
    const errors: Spot['errors'] = []
    const name = textAt(own(spot.value, 'name'))
    const aside = { ...spot, errors }
    all(volumeSource, field('name', volumeName))(aside)
    if (volumes.has(name)) report(aside, duplicate(`${spot.path}.name`, name))
    if (errors.length === 0) volumes.set(name, spot.value)
    for (const error of errors) report(spot, error)
  }
  return volumes
}

/** The claims that a pod's containers can make use of. */
const podClaims: Rule = (list) => {
  const seen = new Set<string>()
  for (const spot of itemsOf(list)) {
    const name = textAt(own(spot.value, 'name'))
    if (name !== '' && seen.has(name)) report(spot, duplicate(`${spot.path}.name`, name))
    else field('name', volumeName)(spot)
    seen.add(name)
    const given = ['resourceClaimName', 'resourceClaimTemplateName'].filter((source) => isSet(own(spot.value, source)))
    const complain = (detail: string): void =>
      report(spot, invalidPrinted(spot.path, printedResourceClaim(spot.value), detail))
    if (given.length > 1) {
      complain('at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified')
    }
    if (given.length === 0) complain('must specify one of: `resourceClaimName`, `resourceClaimTemplateName`')
    for (const source of given) field(source, formatted(dnsSubdomain))(spot)
  }
}

const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'] as const
const name = ifGiven(formatted(dnsSubdomain))
const label = ifGiven(formatted(dnsLabel))
const mostInt32 = 2 ** 31 - 1

/** Everything behind the containers, in the order of the complaints. */
const restOfSpec = all(
  field('restartPolicy', requiredOneOf('Always', 'OnFailure', 'Never')),
  field('dnsPolicy', requiredOneOf(...dnsPolicies)),
  field('nodeSelector', labels),
  field('securityContext', podSecurity),
  field('affinity', affinity),
  dnsConfig,
  field('readinessGates', each(field('conditionType', formatted(qualifiedName)))),
  field('schedulingGates', schedulingGates),
  field('topologySpreadConstraints', topologySpread),
  hostProcess,
  hostnameOverride,
  field('serviceAccountName', name),
  field('nodeName', name),
  field('activeDeadlineSeconds', when(isSet, between(1, mostInt32))),
  field('hostname', label),
  field('subdomain', label),
  field('tolerations', each(toleration)),
  field('hostAliases', hostAliases),
  field('priorityClassName', name),
  field('runtimeClassName', when(isSet, formatted(dnsSubdomain))),
  field('preemptionPolicy', when(isSet, requiredOneOf('PreemptLowerPriority', 'Never'))),
  (spec) => resourceAmounts({ ...spec, value: { limits: own(spec.value, 'overhead') }, path: `${spec.path}.overhead` }),
  operatingSystem,
  fileKeyVolumes,
)

/** A pod's spec, after defaults. */
export const podSpec: Rule = (spec) => {
  const part = (name: string): unknown => own(spec.value, name)
  const os = part('os')
  const pod: PodFacts = {
    volumes: wellFormedVolumes(childOf(spec, 'volumes')),
    claims: new Set(
      listAt(part('resourceClaims'))
        .map((claim) => textAt(own(claim, 'name')))
        .filter((name) => name !== ''),
    ),
    graceSeconds: numberAt(part('terminationGracePeriodSeconds')),
    restartPolicy: textAt(part('restartPolicy')),
    os: isSet(os) ? textAt(own(os, 'name')) : undefined,
  }
  field('resourceClaims', podClaims)(spec)
  field('containers', containers(pod))(spec)
  field('initContainers', initContainers(pod, part('containers')))(spec)
  field('ephemeralContainers', ephemeralContainers(pod, [part('containers'), part('initContainers')]))(spec)
  restOfSpec(spec)
}
