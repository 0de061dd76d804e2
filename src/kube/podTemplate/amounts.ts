import { type FieldError, invalid } from '../fieldError'
import { qualifiedName } from '../names'
import { printQuantity } from '../quantity/printQuantity'
import { isZeroQuantity, milliExponent, type Quantity, roundUp, withoutTrailingZeros } from '../quantity/quantity'
import { readQuantity } from '../types/leaves'

/** A quantity as Kubernetes prints it, or undefined if it is none. */
export const quantityText = (quantity: Quantity): string => printQuantity(quantity)

export const quantityAt = (value: unknown): Quantity | undefined => readQuantity(value)

const signOf = (quantity: Quantity): number => (isZeroQuantity(quantity) ? 0 : quantity.negative ? -1 : 1)

/** Less than 0, 0, or more, as the left one is smaller, equal or larger. No power of ten is ever computed. */
export function compareQuantities(left: Quantity, right: Quantity): number {
  const sign = signOf(left)
  if (sign !== signOf(right) || sign === 0) return sign - signOf(right)
  const [one, other] = [withoutTrailingZeros(left), withoutTrailingZeros(right)]
  const magnitude = one.digits.length + one.exponent10 - (other.digits.length + other.exponent10)
  if (magnitude !== 0) return sign * magnitude
  return sign * (one.digits < other.digits ? -1 : one.digits > other.digits ? 1 : 0)
}

export const isNegative = (quantity: Quantity): boolean => signOf(quantity) < 0
export const isPositive = (quantity: Quantity): boolean => signOf(quantity) > 0

const isWhole = (quantity: Quantity): boolean => withoutTrailingZeros(roundUp(quantity, milliExponent)).exponent10 >= 0

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

const containerResources = words('cpu memory ephemeral-storage')
const countedResources = words(
  'pods resourcequotas services replicationcontrollers secrets configmaps persistentvolumeclaims services.nodeports services.loadbalancers',
)
const otherResources = words(
  'requests.cpu requests.memory requests.ephemeral-storage limits.cpu limits.memory limits.ephemeral-storage storage requests.storage',
)

export const isHugePages = (resource: string): boolean => resource.startsWith('hugepages-')

const isStandard = (resource: string): boolean =>
  containerResources.has(resource) ||
  countedResources.has(resource) ||
  otherResources.has(resource) ||
  isHugePages(resource) ||
  resource.startsWith('requests.hugepages-')

const isNative = (resource: string): boolean => !resource.includes('/') || resource.includes('kubernetes.io/')

const isExtended = (resource: string): boolean =>
  !isNative(resource) && !resource.startsWith('requests.') && qualifiedName(`requests.${resource}`).length === 0

/** Whether pods may ask for less than their limit, or have no limit. */
export const mayOvercommit = (resource: string): boolean => isNative(resource) && !isHugePages(resource)

/** What is wrong with the name of a resource of a container. */
export function containerResourceProblems(resource: string): readonly string[] {
  const malformed = qualifiedName(resource)
  const isShort = !resource.includes('/')
  const known =
    malformed.length > 0 || !isShort || isStandard(resource)
      ? malformed
      : ['must be a standard resource type or fully qualified']
  if (isShort) {
    const ofContainers = containerResources.has(resource) || isHugePages(resource)
    return ofContainers ? known : [...known, 'must be a standard resource for containers']
  }
  return isNative(resource) || isExtended(resource)
    ? known
    : [...known, "doesn't follow extended resource name standard"]
}

/** What is wrong with the amount of a resource. */
export function amountProblems(resource: string, quantity: Quantity, path: string): readonly FieldError[] {
  const shown = quantityText(quantity)
  const problems: FieldError[] = []
  if (isNegative(quantity)) problems.push(invalid(path, shown, 'must be greater than or equal to 0'))
  if ((countedResources.has(resource) || isExtended(resource)) && !isWhole(quantity)) {
    problems.push(invalid(path, shown, 'must be an integer'))
  }
  return problems
}
