import type { Argument } from '../model/analysis'
import { withFields } from '../model/copies'

/**
 * A template's arguments with the given values. Arguments that the template does not declare are dropped; a value wins
 * over a valueFrom of the same given argument and keeps the template's valueFrom (behaviour 4.2).
 *
 * Error: `args.<name> was not resolved`, for the first argument with neither value nor valueFrom.
 */
export function mergeArguments(
  incoming: readonly Argument[],
  templateArgs: readonly Argument[],
): { readonly args: readonly Argument[] } | { readonly error: string } {
  const args = [...templateArgs]
  for (const { name, value, valueFrom } of incoming) {
    const index = args.findIndex((arg) => arg.name === name)
    const arg = args[index]
    if (!arg) continue
    if (isGiven(value)) args[index] = withFields(arg, { value })
    else if (isGiven(valueFrom)) args[index] = withFields(arg, { valueFrom })
  }
  const unresolved = args.find(({ value, valueFrom }) => !isGiven(value) && !isGiven(valueFrom))
  return unresolved ? { error: `args.${unresolved.name} was not resolved` } : { args }
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null
