import { isJsonObject, isWalkableList } from '../model/json'
import { type FieldError, forbidden, invalid, invalidPrinted, missing, unsupported } from './fieldError'

// Rules are data: a rule looks at one spot of an object and reports. The functions below make rules of rules, so that
// the rules of a type read as a table.

/** A value, where it stands, and where complaints about it go. */
export interface Spot {
  readonly value: unknown
  readonly path: string
  readonly errors: FieldError[]
}

export type Rule = (spot: Spot) => void

export type Fields = Readonly<Record<string, unknown>>

/** A hostile object shall not make a list without end; nobody reads the thousandth complaint. */
const mostErrors = 1000

export function report(spot: Spot, error: FieldError): void {
  if (spot.errors.length < mostErrors) spot.errors.push(error)
}

// What Go's typed reader would have found: another type than wanted counts as missing.
export const textAt = (value: unknown): string => (typeof value === 'string' ? value : '')
export const numberAt = (value: unknown): number => (typeof value === 'number' ? value : 0)
export const listAt = (value: unknown): readonly unknown[] => (isWalkableList(value) ? value : [])
export const fieldsAt = (value: unknown): Fields => (isJsonObject(value) ? value : {})

export const own = (value: unknown, name: string): unknown =>
  isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined

/** Missing, null, an empty text, list or map. */
export const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isJsonObject(value) && Object.keys(value).length === 0)

/** A pointer that is set, if only to an empty struct. */
export const isSet = (value: unknown): boolean => value !== undefined && value !== null

export const childOf = (spot: Spot, name: string): Spot => ({
  value: own(spot.value, name),
  path: `${spot.path}.${name}`,
  errors: spot.errors,
})

export const itemsOf = (spot: Spot): readonly Spot[] =>
  Array.isArray(spot.value) && spot.value.length > 0
    ? spot.value.map((value, index) => ({ value, path: `${spot.path}[${index}]`, errors: spot.errors }))
    : noItems

const noItems: readonly Spot[] = []

/** The rules one after the other, every one of them. */
export function all(...rules: readonly Rule[]): Rule {
  const [only] = rules
  if (only && rules.length === 1) return only
  return (spot) => {
    for (const rule of rules) rule(spot)
  }
}

/** The rules one after the other, up to the first that complains. */
export const untilBroken =
  (...rules: readonly Rule[]): Rule =>
  (spot) => {
    const before = spot.errors.length
    for (const rule of rules) {
      rule(spot)
      if (spot.errors.length > before) return
    }
  }

/**
 * Rules for one field of the value. Most fields of most objects are missing, and most rules have nothing against
 * that.
 */
export const field = (name: string, ...rules: readonly Rule[]): Rule => {
  const rule = all(...rules)
  let acceptsMissing: boolean | undefined
  return (spot) => {
    if (own(spot.value, name) === undefined) {
      acceptsMissing ??= isQuietAbout(rule, undefined)
      if (acceptsMissing) return
    }
    rule(childOf(spot, name))
  }
}

function isQuietAbout(rule: Rule, value: unknown): boolean {
  const errors: FieldError[] = []
  rule({ value, path: '', errors })
  return errors.length === 0
}

/** Rules for every item of a list. */
export const each = (...rules: readonly Rule[]): Rule => {
  const rule = all(...rules)
  return (spot) => {
    for (const item of itemsOf(spot)) rule(item)
  }
}

/** Rules that hold only where there is a value; an empty text is none. */
export const ifGiven = (...rules: readonly Rule[]): Rule => when((value) => isSet(value) && value !== '', ...rules)

export const when = (applies: (value: unknown) => boolean, ...rules: readonly Rule[]): Rule => {
  const rule = all(...rules)
  return (spot) => {
    if (applies(spot.value)) rule(spot)
  }
}

/** The complaint goes to another place than where the value stands. */
export const reportedAt =
  (place: (path: string) => string, rule: Rule): Rule =>
  (spot) =>
    rule({ ...spot, path: place(spot.path) })

export const required =
  (detail = ''): Rule =>
  (spot) => {
    if (isEmpty(spot.value)) report(spot, missing(spot.path, detail))
  }

export const never =
  (detail: string): Rule =>
  (spot) =>
    report(spot, forbidden(spot.path, detail))

/** A field of these is set though it may not be. */
export const noneOf = (names: readonly string[], detail: string): Rule =>
  all(
    ...names.map((name) =>
      field(
        name,
        when((value) => isSet(value) && !isEmptyList(value), never(detail)),
      ),
    ),
  )

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0

/** What is wrong with a text; nothing if it is well formed. */
export type Format = (text: string) => readonly string[]

export const formatted =
  (format: Format): Rule =>
  (spot) => {
    const text = textAt(spot.value)
    for (const detail of format(text)) report(spot, invalid(spot.path, text, detail))
  }

/** One of these texts; a missing one is refused like any other. */
export const oneOf =
  (...supported: readonly string[]): Rule =>
  (spot) => {
    const text = textAt(spot.value)
    if (!supported.includes(text)) report(spot, unsupported(spot.path, text, supported))
  }

export const requiredOneOf = (...supported: readonly string[]): Rule => untilBroken(required(), oneOf(...supported))

/** A condition on a number; a missing one is 0. */
export const number =
  (holds: (value: number) => boolean, detail: string): Rule =>
  (spot) => {
    const value = numberAt(spot.value)
    if (!holds(value)) report(spot, invalidPrinted(spot.path, String(value), detail))
  }

export const between = (least: number, most: number): Rule =>
  number((value) => value >= least && value <= most, `must be between ${least} and ${most}, inclusive`)

export const notNegative = number((value) => value >= 0, 'must be greater than or equal to 0')
export const positive = number((value) => value > 0, 'must be greater than zero')

export interface Choice {
  readonly name: string
  readonly rule: Rule
  /** Where a surplus one is complained about; its own name if not said. */
  readonly tooManyAt?: string
  /** A rule for the whole that holds wherever this is given. */
  readonly beside?: Rule
}

/** Of several things exactly one may be given: the further ones are forbidden, and not looked at. */
export function exactlyOne(
  choices: readonly Choice[],
  texts: { readonly none: string; readonly several: string },
): Rule {
  return (spot) => {
    let found = false
    for (const { name, rule, tooManyAt, beside } of choices) {
      const choice = childOf(spot, name)
      if (!isSet(choice.value)) continue
      if (found) report(spot, forbidden(`${spot.path}.${tooManyAt ?? name}`, texts.several))
      else rule(choice)
      beside?.(spot)
      found = true
    }
    if (!found) report(spot, missing(spot.path, texts.none))
  }
}
