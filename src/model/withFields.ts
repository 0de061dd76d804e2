/**
 * A copy with more fields, in the order of `{ ...object, ...more }`. For objects that do not have the fields yet: V8
 * gives every such copy that begins with the spread object a hidden class of its own, which costs more than the copy
 * and makes every later access slower (docs/internals/performance.md). What begins as an empty object shares its class.
 */
export const withFields = <Given extends object, More extends object>(
  object: Given | undefined,
  more: More,
): Given & More => ({ ...nothing, ...object, ...more }) as Given & More

/** A copy that may get fields afterwards, for the same reason. */
export const copyToFill = <Given extends object>(object: Given): Given => ({ ...nothing, ...object })

const nothing = {}
