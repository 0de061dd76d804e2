interface Named {
  readonly metadata: { readonly name: string }
}

/** The first object of this name. A loop, because `find` needs a new function for every search. */
export function byName<T extends Named>(list: readonly T[], name: string | undefined): T | undefined {
  if (name === undefined) return undefined
  for (const one of list) if (one.metadata.name === name) return one
  return undefined
}
