import type { CodedFieldError } from '../../kube/fieldErrorBody'

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
 * Notes the rules that a subject breaks, in the order of the rules. `index` is the subject's place in its
 * list. Errors are noted into one list instead of being returned, because nearly always there are none.
 */
export function noteBroken<Subject>(
  found: CodedFieldError[],
  rules: readonly Rule<Subject>[],
  subject: Subject,
  index?: number,
): void {
  for (const { code, path, check } of rules) {
    const verdict = check(subject)
    if (verdict === undefined) continue
    if (typeof verdict === 'string') found.push({ code, path: filled(path, [index]), body: verdict })
    else for (const item of verdict) found.push({ code, path: filled(path, [index, item.index]), body: item.body })
  }
}

function filled(path: string, indexes: readonly (number | undefined)[]): string {
  const given = indexes.filter((index) => index !== undefined)
  let next = 0
  return path.replaceAll('[]', () => `[${given[next++] ?? ''}]`)
}

/** The items of a list that break a rule. */
export function brokenItems<Item>(
  items: readonly Item[] | undefined | null,
  check: (item: Item) => string | undefined,
): readonly BrokenItem[] | undefined {
  if (!items?.length) return undefined
  let broken: BrokenItem[] | undefined
  for (let index = 0; index < items.length; index++) {
    const body = check(items[index] as Item)
    if (body === undefined) continue
    broken ??= []
    broken.push({ index, body })
  }
  return broken
}

/** Missing and null are the same to Kubernetes. */
export const isSet = (value: unknown): boolean => value !== undefined && value !== null
