interface Named {
  readonly metadata: { readonly name: string }
}

/** The first object of this name. A loop, because a function per search is what short reconciles are made of. */
export function byName<T extends Named>(list: readonly T[], name: string | undefined): T | undefined {
  if (name === undefined) return undefined
  for (const one of list) if (one.metadata.name === name) return one
  return undefined
}
