import { goEscape } from '../go/goQuote'
import type { Argument } from '../model/analysis'
import { type Substitution, substituteTags } from './substitute'

export interface SubstituteOptions {
  /** Values are escaped as Go's `%q` does, for texts that are JSON. */
  readonly quoted?: boolean
}

/**
 * Replaces `{{args.<name>}}` in a text. An argument without a value is an error even where no tag names it; an unknown
 * tag is one too (behaviour 4.3).
 *
 * `substituteArgs('up{app="{{ args.app }}"}', [{ name: 'app', value: 'shop' }]).text === 'up{app="shop"}'`
 */
export const substituteArgs = (
  text: string,
  args: readonly Argument[],
  { quoted = false }: SubstituteOptions = {},
): Substitution => substituteTags(text, () => argumentValues(args, quoted))

function argumentValues(
  args: readonly Argument[],
  quoted: boolean,
): ReadonlyMap<string, string> | { readonly error: string } {
  const values = new Map<string, string>()
  for (const { name, value } of args) {
    if (value === undefined || value === null) return { error: `argument "${name}" was not supplied` }
    values.set(`args.${name}`, quoted ? goEscape(value) : value)
  }
  return values
}
