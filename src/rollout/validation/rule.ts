import type { FieldError } from '../../kube/fieldErrorBody'

/**
 * What a check says: nothing where the rule is kept, else the text that stands after the path in a field error. A rule about
 * the items of a list names those that break it.
 */
export type Verdict = string | undefined | readonly BrokenItem[]

export interface BrokenItem {
  readonly index: number
  readonly body: string
}

/** One rule about a subject: a plain object, as it stands in a manifest. */
export interface Rule<Subject> {
  /** Stable, for programs. */
  readonly code: string
  /** Of the field, in upstream's spelling. Each `[]` is filled with an index: first the subject's own, then the item's. */
  readonly path: string
  readonly check: (subject: Subject) => Verdict
}

/**
 * The rules that a subject breaks, in the order of the rules. It is lazy: who wants only the first, as the controller does,
 * pays for no more. `indexes` says where the subject stands in its list.
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
