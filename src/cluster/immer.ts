import { type Draft, enablePatches, Immer, isDraft, isDraftable, type Patch } from 'immer'

export type { Draft }

// The one place that knows immer. An instance of our own: it freezes nothing, because objects belong to callers, and
// what a host sets on immer's common instance (`setAutoFreeze`) does not reach it.
const own = /* @__PURE__ */ new Immer({ autoFreeze: false })

/** What the recipe makes of a value. What it leaves alone is shared; the same value where it changes nothing. */
export const produced = <T>(base: T, recipe: (draft: Draft<T>) => void): T =>
  own.produce(plain(base), (draft: Draft<T>) => {
    recipe(draft)
  })

/**
 * Whether immer copies this object when it is written to; dates, maps and instances of classes it would change in
 * place, or refuse.
 */
export const isCopiedOnWrite = (value: unknown): boolean =>
  isDraftable(value) && !(value instanceof Map) && !(value instanceof Set)

/** Only what a caller made of a class of its own is copied here. */
const plain = <T>(base: T): T =>
  typeof base !== 'object' || base === null || isCopiedOnWrite(base) ? base : ({ ...base } as T)

/** One step from a state to the next, at a path of keys. Lists are replaced as a whole. */
export interface ClusterPatch {
  readonly op: Patch['op']
  readonly path: readonly string[]
  readonly value?: unknown
}

/** What the recipe does, as the patches that lead there. */
export function patchesOf<T>(base: T, recipe: (draft: Draft<T>) => void): readonly ClusterPatch[] {
  enablePatches()
  const [, patches] = own.produceWithPatches(plain(base), (draft: Draft<T>) => {
    recipe(draft)
  })
  return patches as readonly ClusterPatch[]
}

/** immer refuses patches with these in their path. */
export const reservedKeys: readonly string[] = ['__proto__', 'constructor', 'prototype']

/** A state after patches; those whose path leads nowhere change nothing. */
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
    // What an earlier patch brought belongs to that patch.
    if (!isDraft(next)) holder[key] = { ...next }
    holder = holder[key] as Record<string, unknown>
  }
  if (op === 'remove') delete holder[last]
  else holder[last] = value
}
