import { isJsonObject } from '../../model/json'
import { isPlainLabels, isPlainWord } from '../plainLabels'
import { isCanonical } from '../quantity/canonical'
import { compareQuantities, quantityAt } from './amounts'

// Most pod templates consist of a few well-known fields with values that no rule could have anything against. Seeing
// that costs a tenth of judging them, and every reconcile of a Rollout asks. What this file does not know is not plain.

type Check = (value: unknown) => boolean

interface Field {
  readonly name: string
  readonly check: Check
  /** The field that followed this one in the last object, see kube/types/menders.ts. */
  likelyNext: Field | undefined
}

interface Checks {
  readonly byName: ReadonlyMap<string, Field>
  /** Before the first field. */
  readonly start: Field
}

/** Only these fields, each with a value that fits. */
function fits({ byName, start }: Checks, value: unknown): boolean {
  if (!isJsonObject(value)) return false
  let last = start
  for (const key in value) {
    let field = last.likelyNext
    if (field === undefined || field.name !== key) {
      field = byName.get(key)
      if (field === undefined) return false
      last.likelyNext = field
    }
    if (!field.check(value[key])) return false
    last = field
  }
  return true
}

const fieldOf = (name: string, check: Check): Field => ({ name, check, likelyNext: undefined })

const checksOf = (checks: Readonly<Record<string, Check>>): Checks => ({
  byName: new Map(Object.entries(checks).map(([name, check]) => [name, fieldOf(name, check)])),
  start: fieldOf('', () => false),
})

const matches =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value)

const anyText: Check = (value) => typeof value === 'string'
const anything: Check = () => true
const oneOf =
  (...texts: readonly unknown[]): Check =>
  (value) =>
    texts.includes(value)

/** A label of a domain name: small letters, digits, and hyphens between them. Read letter by letter. */
const dnsName: Check = (value) => {
  if (typeof value !== 'string' || value.length === 0 || value.length > 63) return false
  for (let at = 0; at < value.length; at++) {
    const letter = value.charCodeAt(at)
    if ((letter >= 0x61 && letter <= 0x7a) || (letter >= 0x30 && letter <= 0x39)) continue
    if (letter !== 0x2d || at === 0 || at === value.length - 1) return false
  }
  return true
}

/** Printable ASCII without blanks. */
const visibleText: Check = (value) => {
  if (typeof value !== 'string' || value === '') return false
  for (let at = 0; at < value.length; at++) if (value.charCodeAt(at) < 0x21 || value.charCodeAt(at) > 0x7e) return false
  return true
}

const labelText: Check = (value) => typeof value === 'string' && (value === '' || isPlainWord(value))
const annotationText: Check = (value) => typeof value === 'string' && value.length < 1000

/** A map of a few entries. Keys have no prefix: those of Kubernetes mean something. */
const mapOf =
  (check: Check): Check =>
  (value) => {
    if (!isJsonObject(value)) return false
    let entries = 0
    for (const key in value) if (++entries > 50 || !isPlainWord(key) || !check(value[key])) return false
    return true
  }

/** A list of at least one item, no two of them of the same name. */
function namedList(checks: Checks, value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > 50) return false
  for (let at = 0; at < value.length; at++) {
    const item = value[at]
    if (!fits(checks, item)) return false
    for (let before = 0; before < at; before++) if (value[before].name === item.name) return false
  }
  return true
}

const wholeNumber =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most

const port = checksOf({
  name: matches(/^[a-z](?:[a-z0-9]{0,14})$/),
  containerPort: wholeNumber(1, 65_535),
  protocol: oneOf('TCP', 'UDP', 'SCTP'),
})

/** A port has its number, a variable its name. */
const ports: Check = (value) =>
  namedList(port, value) && (value as object[]).every((one) => Object.hasOwn(one, 'containerPort'))
const variable = checksOf({ name: matches(/^[A-Za-z_][A-Za-z0-9_]*$/), value: anyText })
const variables: Check = (value) =>
  Array.isArray(value) && value.length <= 200 && value.every((one) => fits(variable, one) && 'name' in one)

const amount: Check = (value) => typeof value === 'string' && (isCanonical(value) || simpleAmount.test(value))
const simpleAmount = /^[0-9]{1,9}(?:m|k|M|G|Ki|Mi|Gi)?$/
const amounts = checksOf({ cpu: amount, memory: amount })
const amountsToo: Check = (value) => fits(amounts, value)
const resourceFields = checksOf({ limits: amountsToo, requests: amountsToo })

function resources(value: unknown): boolean {
  if (!fits(resourceFields, value) || !isJsonObject(value)) return false
  const { limits, requests } = value
  if (!isJsonObject(limits) || !isJsonObject(requests)) return true
  for (const resource in requests) if (!isAtMost(requests[resource], limits[resource])) return false
  return true
}

function isAtMost(request: unknown, limit: unknown): boolean {
  if (request === limit) return true
  const [requested, limited] = [quantityAt(request), quantityAt(limit)]
  return !requested || !limited || compareQuantities(requested, limited) <= 0
}

const container = checksOf({
  name: dnsName,
  image: visibleText,
  command: anything,
  args: anything,
  env: variables,
  imagePullPolicy: oneOf('Always', 'IfNotPresent', 'Never'),
  ports,
  resources,
  terminationMessagePath: anyText,
  terminationMessagePolicy: oneOf('File', 'FallbackToLogsOnError'),
})

const containers: Check = (value) =>
  namedList(container, value) && (value as object[]).every((one) => 'name' in one && 'image' in one)

const metadata = checksOf({ labels: isPlainLabels, annotations: mapOf(annotationText) })
const podSpec = checksOf({
  containers,
  dnsPolicy: oneOf('ClusterFirst', 'Default'),
  nodeSelector: mapOf(labelText),
  restartPolicy: oneOf('Always'),
  schedulerName: anyText,
  securityContext: (value) => isJsonObject(value) && Object.keys(value).length === 0,
  serviceAccountName: dnsName,
  terminationGracePeriodSeconds: wholeNumber(0, 100_000),
})
const template = checksOf({
  metadata: (value) => fits(metadata, value),
  spec: (value) => fits(podSpec, value) && 'containers' in (value as object),
})

/** Whether there is nothing about the template that a rule could complain about. False says nothing. */
export const isPlainTemplate = (value: unknown): boolean => fits(template, value) && 'spec' in (value as object)
