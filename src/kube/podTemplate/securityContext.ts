import { duplicate, forbidden, invalidPrinted, invalidWord, missing, printed, tooLong } from '../fieldError'
import { byteLength, sysctlName } from '../names'
import {
  all,
  between,
  each,
  field,
  formatted,
  isSet,
  listAt,
  oneOf,
  own,
  type Rule,
  report,
  required,
  textAt,
  untilBroken,
  when,
} from '../rule'
import { descendingPath } from './paths'
import { printedProfile, printedSecurityContext } from './printed'
import { windowsOptions } from './windowsOptions'

// Who containers run as, and what they may do.

const mostId = 2 ** 31 - 1
const id = when(isSet, between(0, mostId))

const localhostOnly = (kind: string): string => `can only be set when ${kind} type is Localhost`
const localhostNeeded = (kind: string): string => `must be set when ${kind} type is Localhost`

const seccompTypes = ['Localhost', 'RuntimeDefault', 'Unconfined'] as const

const seccompType: Rule = untilBroken(required('type is required when seccompProfile is set'), oneOf(...seccompTypes))

const seccomp = all(field('type', seccompType), (spot) => {
  const profile = own(spot.value, 'localhostProfile')
  const at = `${spot.path}.localhostProfile`
  if (own(spot.value, 'type') !== 'Localhost') {
    if (isSet(profile)) report(spot, invalidPrinted(at, printedProfile(spot.value), localhostOnly('seccomp')))
  } else if (isSet(profile)) field('localhostProfile', descendingPath)(spot)
  else report(spot, missing(at, localhostNeeded('seccomp')))
})

const mostProfileBytes = 4095

const appArmorFile: Rule = (spot) => {
  const profile = textAt(spot.value)
  const detail = localhostNeeded('AppArmor')
  if (!isSet(spot.value)) return report(spot, missing(spot.path, detail))
  if (profile.trim() !== profile) {
    report(spot, invalidPrinted(spot.path, printed(profile), 'must not be padded with whitespace'))
  } else if (profile === '') report(spot, missing(spot.path, detail))
  if (byteLength(profile) > mostProfileBytes) report(spot, tooLong(spot.path, mostProfileBytes))
}

const noAppArmorFile: Rule = (spot) => {
  if (isSet(spot.value)) report(spot, invalidWord(spot.path, textAt(spot.value), localhostOnly('AppArmor')))
}

const appArmor: Rule = (spot) => {
  const type = textAt(own(spot.value, 'type'))
  if (type === 'Localhost') field('localhostProfile', appArmorFile)(spot)
  else if (type === 'RuntimeDefault' || type === 'Unconfined') field('localhostProfile', noAppArmorFile)(spot)
  else
    field(
      'type',
      untilBroken(
        required('type is required when appArmorProfile is set'),
        oneOf('Localhost', 'RuntimeDefault', 'Unconfined'),
      ),
    )(spot)
}

/** `hostUsers: false` is lost on the way to these rules (see volumeSources.ts), so `Unmasked` is always refused. */
const procMount: Rule = (spot) => {
  oneOf('Default', 'Unmasked')(spot)
  if (spot.value !== 'Unmasked') return
  report(spot, invalidWord(spot.path, 'Unmasked', '`hostUsers` must be false to use `Unmasked`'))
}

const escalation: Rule = (spot) => {
  if (own(spot.value, 'allowPrivilegeEscalation') !== false) return
  const added = listAt(own(own(spot.value, 'capabilities'), 'add')).filter((name) => name === 'CAP_SYS_ADMIN')
  const contradictions = [
    ...(own(spot.value, 'privileged') === true ? ['`privileged` to true'] : []),
    ...added.map(() => '`capabilities.Add` CAP_SYS_ADMIN'),
  ]
  if (contradictions.length === 0) return
  const shown = printedSecurityContext(spot.value)
  for (const other of contradictions) {
    report(spot, invalidPrinted(spot.path, shown, `cannot set \`allowPrivilegeEscalation\` to false and ${other}`))
  }
}

export const containerSecurity = when(
  isSet,
  (spot) => {
    if (own(spot.value, 'privileged') !== true) return
    report(spot, forbidden(`${spot.path}.privileged`, 'disallowed by cluster policy'))
  },
  field('runAsUser', id),
  field('runAsGroup', id),
  field('procMount', when(isSet, procMount)),
  field('seccompProfile', when(isSet, seccomp)),
  escalation,
  field('windowsOptions', when(isSet, windowsOptions)),
  field('appArmorProfile', when(isSet, appArmor)),
)

const sysctls: Rule = (list) => {
  const seen = new Set<string>()
  each((spot) => {
    const name = textAt(own(spot.value, 'name'))
    field('name', untilBroken(required(), formatted(sysctlName)))(spot)
    if (seen.has(name) && sysctlName(name).length === 0) report(spot, duplicate(`${spot.path}.name`, name))
    seen.add(name)
  })(list)
}

export const podSecurity = when(
  isSet,
  field('fsGroup', id),
  field('runAsUser', id),
  field('runAsGroup', id),
  field('supplementalGroups', each(id)),
  field('sysctls', sysctls),
  field('fsGroupChangePolicy', when(isSet, oneOf('Always', 'OnRootMismatch'))),
  field('seccompProfile', when(isSet, seccomp)),
  field('windowsOptions', when(isSet, windowsOptions)),
  field('appArmorProfile', when(isSet, appArmor)),
  field('supplementalGroupsPolicy', when(isSet, oneOf('Merge', 'Strict'))),
  field('seLinuxChangePolicy', when(isSet, oneOf('MountOption', 'Recursive'))),
)
