import type { FieldError } from '../../kube/fieldErrorBody'

/**
 * The result of a check: undefined if the rule holds, else the text after the path in a field error. A rule about list
 * items returns those that break it.
 */
export type Verdict = string | undefined | readonly BrokenItem[]

export interface BrokenItem {
  readonly index: number
  readonly body: string
}

/** One rule about a subject: a plain object from a manifest. */
export interface Rule<Subject> {
  /** Stable, for programs. */
  readonly code: string
  /** The path of the field, in upstream's spelling. Each `[]` gets an index: first the subject's, then the item's. */
  readonly path: string
  readonly check: (subject: Subject) => Verdict
}

/**
 * The rules that a subject breaks, in order. Lazy: a caller that needs only the first, as the controller does, checks
 * no further. `indexes`: the subject's position in its list.
 */
export function* brokenRules<Subject>(
  rules: readonly Rule<Subject>[],
  subject: Subject,
  ...indexes: readonly number[]
): Generator<FieldError> {
  for (const { code, path, check } of rules) {
    const verdict = check(subject)
    if (verdict === undefined) continue
    if (typeof verdict === 'string') yield { code, path: filled(path, indexes), body: verdict }
    else for (const { index, body } of verdict) yield { code, path: filled(path, [...indexes, index]), body }
  }
}

function filled(path: string, indexes: readonly number[]): string {
  let next = 0
  return path.replaceAll('[]', () => `[${indexes[next++] ?? ''}]`)
}

/** The items of a list that break a rule. */
export const brokenItems = <Item>(
  items: readonly Item[] | undefined | null,
  check: (item: Item) => string | undefined,
): readonly BrokenItem[] =>
  (items ?? []).flatMap((item, index) => {
    const body = check(item)
    return body === undefined ? [] : [{ index, body }]
  })

/** Missing and null are the same to Kubernetes. */
export const isSet = (value: unknown): boolean => value !== undefined && value !== null
