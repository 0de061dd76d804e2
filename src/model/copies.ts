import { setOwn } from './json'

// V8 gives each copy that is written `{ ...object, more }` a hidden class of its own if the object lacks the field, and
// each access to such a copy is slow. A spread that begins with an empty object has the classes of literals. What this
// costs is in docs/internals/performance.md.

/** The fields of one object, but for those that another one has too. */
type Without<Given, More> = { [Field in keyof Given as Field extends keyof More ? never : Field]: Given[Field] }

/** A copy with more fields, or others, in the order of `{ ...object, ...more }`. */
export const withFields = <Given extends object, More extends object>(
  object: Given | undefined,
  more: More,
): Without<Given, More> & More => ({ ...nothing, ...object, ...more }) as unknown as Without<Given, More> & More

/** A copy that may get fields afterwards. */
export const copyToFill = <Given extends object>(object: Given): Given => ({ ...nothing, ...object })

const nothing = {}

/** A copy of the fields that are kept. A copy from which fields are deleted would be a slow dictionary. */
export function fieldsThat<Given extends object>(
  object: Given,
  isKept: (field: keyof Given & string, value: unknown) => boolean,
): Partial<Given> {
  const kept: Record<string, unknown> = {}
  for (const field of Object.keys(object) as (keyof Given & string)[]) {
    const value: unknown = object[field]
    if (isKept(field, value)) setOwn(kept, field, value)
  }
  return kept as Partial<Given>
}
