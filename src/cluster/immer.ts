import { type Draft, enablePatches, Immer, isDraft, isDraftable, type Patch } from 'immer'

export type { Draft }

// The only module that uses immer. It has its own instance: that freezes nothing, because objects belong to callers,
// and is not affected by settings of immer's global instance (`setAutoFreeze`).
const own = /* @__PURE__ */ new Immer({ autoFreeze: false })

/** The value after the recipe. Unchanged parts are shared; the same value if nothing changes. */
export const produced = <T>(base: T, recipe: (draft: Draft<T>) => void): T =>
  own.produce(copiable(base), (draft: Draft<T>) => {
    recipe(draft)
  })

/**
 * Whether immer copies this object when it is written to; dates, maps and instances of classes it would change in
 * place, or refuse.
 */
export const isCopiedOnWrite = (value: unknown): boolean =>
  isDraftable(value) && !(value instanceof Map) && !(value instanceof Set)

/** The value itself; of an instance of a caller's class, a copy that a draft can be made of. */
export const copiable = <T>(base: T): T =>
  typeof base !== 'object' || base === null || isCopiedOnWrite(base) ? base : ({ ...base } as T)

/** One step from a state to the next, at a path of keys. Lists are replaced as a whole. */
export interface ClusterPatch {
  readonly op: Patch['op']
  readonly path: readonly string[]
  readonly value?: unknown
}

/** The effect of the recipe, as patches. */
export function patchesOf<T>(base: T, recipe: (draft: Draft<T>) => void): readonly ClusterPatch[] {
  enablePatches()
  const [, patches] = own.produceWithPatches(copiable(base), (draft: Draft<T>) => {
    recipe(draft)
  })
  return patches as readonly ClusterPatch[]
}

/** immer refuses patches with these keys in their path. */
export const reservedKeys: readonly string[] = ['__proto__', 'constructor', 'prototype']

/** A state after patches; a patch whose path does not exist changes nothing. */
export const patched = <T extends object>(base: T, patches: readonly ClusterPatch[]): T =>
  produced(base, (draft) => {
    for (const patch of patches) patchDraft(draft as Record<string, unknown>, patch)
  })

function patchDraft(draft: Record<string, unknown>, { op, path, value }: ClusterPatch): void {
  const last = path.at(-1)
  if (last === undefined || path.some((key) => reservedKeys.includes(key))) return
  let holder = draft
  for (const key of path.slice(0, -1)) {
    const next = holder[key]
    if (typeof next !== 'object' || next === null || Array.isArray(next)) return
    // Values of an earlier patch belong to that patch.
    if (!isDraft(next)) holder[key] = { ...next }
    holder = holder[key] as Record<string, unknown>
  }
  if (op === 'remove') delete holder[last]
  else holder[last] = value
}
