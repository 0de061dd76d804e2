import type { Decision } from '../../../src/model/decision'
import { type Field, fieldsOf } from './fields'
import type { Observed } from './observations'

/** The value without one of its fields or items. */
export function without(value: unknown, [step, ...others]: Field['steps']): unknown {
  if (Array.isArray(value)) {
    if (others.length === 0) return value.filter((_, at) => at !== step)
    return value.map((item, at) => (at === step ? without(item, others) : item))
  }
  const fields = value as Readonly<Record<string, unknown>>
  if (others.length > 0) return { ...fields, [step as string]: without(fields[step as string], others) }
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== step))
}

/** Blockers that say what is wrong with what was given: whoever reads one has to find the place. */
const aboutData: ReadonlySet<string> = new Set(['malformed', 'invalidSpec', 'error'])

/** What the reducer of Services returns has no blockers. */
type AnyDecision = Partial<Pick<Decision<unknown, unknown, unknown>, 'blockers'>> & {
  readonly error?: { readonly path: string }
}

/** What is said without a place in the decision about each observation that lacks one field. */
export function placeless(observed: Observed): readonly string[] {
  const found: string[] = []
  for (const { steps } of fieldsOf(observed.observation)) {
    const { blockers = [], error } = observed.reduce(without(observed.observation, steps)) as AnyDecision
    const paths = blockers
      .filter(({ code }) => aboutData.has(code))
      .map(({ data }) => ('path' in data ? data.path : undefined))
    const all = error ? [...paths, error.path] : paths
    if (all.some((path) => !path || path === 'spec')) found.push(`${observed.name} without ${steps.join('.')}`)
  }
  return found
}
