import { goJson } from '../../go/json/goJson'
import { isJsonObject } from '../../model/json'
import { isEmpty, own } from '../rule'

// Structs as complaints show them: Kubernetes' inner types print every field under its Go name, missing ones as null.

type Printer = (value: unknown) => string

const asItIs: Printer = (value) => goJson(isEmptyList(value) ? null : (value ?? null))
const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0
const asText: Printer = (value) => goJson(typeof value === 'string' ? value : '')

const struct =
  (fields: readonly (readonly [goName: string, name: string, printer?: Printer])[]): Printer =>
  (value) => {
    if (!isJsonObject(value)) return 'null'
    const members = fields.map(([goName, name, printer = asItIs]) => `"${goName}":${printer(own(value, name))}`)
    return `{${members.join(',')}}`
  }

const seLinuxOptions = struct([
  ['User', 'user', asText],
  ['Role', 'role', asText],
  ['Type', 'type', asText],
  ['Level', 'level', asText],
])

const windowsOptions = struct([
  ['GMSACredentialSpecName', 'gmsaCredentialSpecName'],
  ['GMSACredentialSpec', 'gmsaCredentialSpec'],
  ['RunAsUserName', 'runAsUserName'],
  ['HostProcess', 'hostProcess'],
])

const profile = struct([
  ['Type', 'type', asText],
  ['LocalhostProfile', 'localhostProfile'],
])

export const printedProfile = profile

export const printedSecurityContext = struct([
  [
    'Capabilities',
    'capabilities',
    struct([
      ['Add', 'add'],
      ['Drop', 'drop'],
    ]),
  ],
  ['Privileged', 'privileged'],
  ['SELinuxOptions', 'seLinuxOptions', seLinuxOptions],
  ['WindowsOptions', 'windowsOptions', windowsOptions],
  ['RunAsUser', 'runAsUser'],
  ['RunAsGroup', 'runAsGroup'],
  ['RunAsNonRoot', 'runAsNonRoot'],
  ['ReadOnlyRootFilesystem', 'readOnlyRootFilesystem'],
  ['AllowPrivilegeEscalation', 'allowPrivilegeEscalation'],
  ['ProcMount', 'procMount'],
  ['SeccompProfile', 'seccompProfile', profile],
  ['AppArmorProfile', 'appArmorProfile', profile],
])

export const printedResourceClaim = struct([
  ['Name', 'name', asText],
  ['ResourceClaimName', 'resourceClaimName'],
  ['ResourceClaimTemplateName', 'resourceClaimTemplateName'],
])

const resizePolicy = struct([
  ['ResourceName', 'resourceName', asText],
  ['RestartPolicy', 'restartPolicy', asText],
])

export const printedResizePolicies = (policies: readonly unknown[]): string =>
  `[${policies.map((policy) => resizePolicy(isJsonObject(policy) ? policy : {})).join(',')}]`

/** A label selector is printed under its JSON names, without what is empty. */
export function printedLabelSelector(selector: unknown): string {
  const expressions = own(selector, 'matchExpressions')
  const printedExpressions = Array.isArray(expressions) ? expressions.map(printedExpression).join(',') : ''
  const members = [
    isEmpty(own(selector, 'matchLabels')) ? '' : `"matchLabels":${printedMap(own(selector, 'matchLabels'))}`,
    printedExpressions === '' ? '' : `"matchExpressions":[${printedExpressions}]`,
  ]
  return `{${members.filter((member) => member !== '').join(',')}}`
}

function printedExpression(expression: unknown): string {
  const values = own(expression, 'values')
  const tail = isEmpty(values) ? '' : `,"values":${goJson(values)}`
  return `{"key":${asText(own(expression, 'key'))},"operator":${asText(own(expression, 'operator'))}${tail}}`
}

/** A map with its keys in order; a missing one is null. */
export function printedMap(map: unknown): string {
  if (!isJsonObject(map)) return 'null'
  const keys = Object.keys(map).sort()
  return `{${keys.map((key) => `${goJson(key)}:${asText(own(map, key))}`).join(',')}}`
}

export const printedTrustBundle = struct([
  ['Name', 'name'],
  ['SignerName', 'signerName'],
  ['LabelSelector', 'labelSelector', (selector) => (isJsonObject(selector) ? printedLabelSelector(selector) : 'null')],
  ['Optional', 'optional'],
  ['Path', 'path', asText],
])
