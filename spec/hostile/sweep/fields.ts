/** A place in an observation. */
export interface Field {
  readonly steps: readonly (string | number)[]
  /** What it is, wherever in a list or map it stands: `.rollout.spec.strategy.canary.steps[].setWeight`. */
  readonly path: string
}

/** Objects whose keys are data, so that all of them are one field. */
const maps: ReadonlySet<string> = new Set([
  ...['labels', 'annotations', 'matchLabels', 'nodeSelector', 'limits', 'requests', 'data', 'ephemeralMetadata'],
  ...['replies', 'failures', 'metadata', 'hostPort', 'plugin', 'plugins', 'jsonBody', 'selector'],
])

/** Keys of `metadata` and `selector` that the API knows; others are keys of maps of the same name. */
const known: ReadonlySet<string> = new Set([
  ...['name', 'namespace', 'uid', 'labels', 'annotations', 'ownerReferences', 'generation', 'creationTimestamp'],
  ...['deletionTimestamp', 'resourceVersion', 'managedFields', 'generateName', 'matchLabels', 'matchExpressions'],
  ...['finalizers'],
])

const kindOfKey = (holder: string | number | undefined, key: string): string =>
  typeof holder === 'string' && maps.has(holder) && !known.has(key) ? '.*' : `.${key}`

/** Every place in a JSON value, but the value itself. */
export function fieldsOf(value: unknown): readonly Field[] {
  const fields: Field[] = []
  const visit = (inside: unknown, steps: Field['steps'], path: string): void => {
    if (typeof inside !== 'object' || inside === null) return
    for (const [key, item] of Object.entries(inside)) {
      const isItem = Array.isArray(inside)
      const field = {
        steps: [...steps, isItem ? Number(key) : key],
        path: path + (isItem ? '[]' : kindOfKey(steps.at(-1), key)),
      }
      fields.push(field)
      visit(item, field.steps, field.path)
    }
  }
  visit(value, [], '')
  return fields
}

/** The places of each field. */
export function placesOf(value: unknown): ReadonlyMap<string, readonly Field[]> {
  const places = new Map<string, Field[]>()
  for (const field of fieldsOf(value)) {
    const list = places.get(field.path)
    if (list) list.push(field)
    else places.set(field.path, [field])
  }
  return places
}

/** The value with something else in one place. It shares everything else with the value, and is frozen down to the place. */
export function replaced(value: unknown, [step, ...others]: Field['steps'], next: unknown): unknown {
  if (step === undefined) return next
  if (Array.isArray(value))
    return Object.freeze(value.map((item, at) => (at === step ? replaced(item, others, next) : item)))
  const fields = value as Readonly<Record<string, unknown>>
  return Object.freeze({ ...fields, [step]: replaced(fields[step], others, next) })
}
