import type { LintTarget } from './rule'

/** What is found out about all objects of a target together: once, however many of them ask. */
export function ofTarget<Found extends object>(find: (target: LintTarget) => Found): (target: LintTarget) => Found {
  const known = new WeakMap<LintTarget, Found>()
  return (target) => {
    const found = known.get(target) ?? find(target)
    known.set(target, found)
    return found
  }
}
