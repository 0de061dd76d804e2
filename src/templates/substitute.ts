import { goQuote } from '../go/goQuote'

/** The result of a substitution. With an `error` the text is the incomplete one of upstream, which is not used. */
export interface Substitution {
  readonly text: string
  readonly error?: string
}

/** Texts and tags in turn: one text more than tags. */
interface Template {
  readonly texts: readonly string[]
  readonly tags: readonly string[]
}

/** Go's white space: JavaScript's, with U+0085 and without U+FEFF. */
const spaceAtEnds =
  /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g

/** A tag reaches from `{{` to the next `}}`, with any text between. */
function readTemplate(text: string): Template | { readonly error: string } {
  const texts: string[] = []
  const tags: string[] = []
  let at = 0
  for (let open = text.indexOf('{{'); open >= 0; open = text.indexOf('{{', at)) {
    const close = text.indexOf('}}', open + 2)
    if (close < 0) {
      const rest = goQuote(text.slice(open + 2))
      return { error: `Cannot find end tag="}}" in the template=${goQuote(text)} starting from ${rest}` }
    }
    texts.push(text.slice(at, open))
    tags.push(text.slice(open + 2, close))
    at = close + 2
  }
  texts.push(text.slice(at))
  return { texts, tags }
}

/**
 * Replaces every `{{ name }}` of a text, where `values` provides the values, or the reason why there are none (an
 * unfinished tag is reported before that). Of several unknown names the last one is reported (behaviour 4.3).
 */
export function substituteTags(
  text: string,
  values: () => ReadonlyMap<string, string> | { readonly error: string },
): Substitution {
  const template = readTemplate(text)
  if ('error' in template) return { text: '', error: template.error }
  const given = values()
  if ('error' in given) return { text: '', error: given.error }
  const { texts, tags } = template
  let error: string | undefined
  let replaced = texts[0] as string
  tags.forEach((tag, index) => {
    const value = given.get(tag.replace(spaceAtEnds, ''))
    if (value === undefined) error = `failed to resolve {{${tag}}}`
    replaced += (value ?? '') + texts[index + 1]
  })
  return error === undefined ? { text: replaced } : { text: replaced, error }
}
