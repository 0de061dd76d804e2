/** Mutants that nothing can tell from the original, and why. Named as `npm run mutants` names them. */
export const excused: readonly { readonly file: string; readonly name: string; readonly why: string }[] = []
