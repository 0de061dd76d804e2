import type { Issue } from '../model/issue'
import { isJsonObject } from '../model/json'
import { describe } from './explain'
import type { ModelObject } from './kinds'
import { type Limits, limitsOf } from './limits'
import { columnOf, type FieldPath, type Finding, lineFinder, offsetOf, pathText, type ReadDocument } from './places'
import { issueOf, notAnObject, type Read, type ReadOptions, readValue } from './readObject'
import { templateFinding } from './templateFinding'
import { readText } from './text/readText'

/** What `parseManifests` finds in a text: sound objects, and everything that is wrong or doubtful. */
export interface ParsedManifests {
  /** The objects without errors, in the order of the text. */
  readonly objects: readonly ModelObject[]
  /**
   * Every problem, errors and warnings, in the order of the text. The path begins at the document: that of an object in
   * a list reads `items[3].spec.replicas`, or `[3].spec.replicas` in a JSON array.
   */
  readonly issues: readonly Issue[]
}

/**
 * Reads manifests: YAML with any number of documents, or JSON, one value or several. Lists (`kind: List`, typed lists
 * such as `RolloutList`, JSON arrays) are taken apart. Whatever the text is, nothing throws: all problems come back as
 * issues with document, path and line, and time is linear in the length of the text.
 *
 * An object with an error issue is *not* among `objects`; one with warnings only is. A document that is not YAML, or no
 * Kubernetes object, is an error issue and the others are read anyway; empty documents are nothing. See `readObject`
 * for what is checked of an object, `plainScalar` for how YAML scalars are read (as Kubernetes does: `yes` and `on`
 * without quotes are booleans). Unknown or circular aliases, whole numbers beyond 2^53 and keys called `__proto__` are
 * errors; of a key that stands twice the last one counts, with a warning; merge keys (`<<`) are taken. Texts beyond a
 * limit of the options are not read any further, with an issue.
 *
 * @example
 * const { objects, issues } = parseManifests('kind: Rollout\napiVersion: argoproj.io/v1alpha1\n...')
 * // issues[0]: { code: 'wrong-type', path: 'spec.strategy.canary.steps[2].setWeight', line: 17, documentIndex: 0,
 * //              message: 'expected an integer, got text "20": remove the quotes' }
 */
export function parseManifests(text: string, options: ReadOptions = {}): ParsedManifests {
  const limits = limitsOf(options)
  const objects: ModelObject[] = []
  const issues = issueList(limits, text)
  const { documents, unfinished } = readText(text, limits)
  for (const document of documents) readObjects(document, options, objects, issues.add)
  const template = templateFinding(text, documents)
  if (template) issues.add(template.finding, template.document)
  if (unfinished) issues.add(unfinished, { ...nowhere(), index: documents.length })
  return { objects, issues: issues.all() }
}

/** A document of a text before anybody asked what it means. */
export interface ManifestDocument {
  /** Which document of the text, from 0. */
  readonly index: number
  /** Where it begins, from 1. */
  readonly line: number
  readonly value: unknown
}

/**
 * The text's documents as plain JSON data, unchecked, for tools that have rules of their own. The same texts, limits
 * and issues as `parseManifests`; documents with an error issue are left out, lists are kept as they are, empty
 * documents are null. A key `__proto__` is an own property here: copy with spread or `Object.defineProperty`, not by
 * assignment.
 *
 * @example
 * import { parseDocuments } from 'rollout-engine/input'
 * const { documents } = parseDocuments('a: 1\n---\n- b\n')
 * documents // => [{ index: 0, line: 1, value: { a: 1 } }, { index: 1, line: 3, value: ['b'] }]
 */
export function parseDocuments(
  text: string,
  options: Partial<Limits> = {},
): { readonly documents: readonly ManifestDocument[]; readonly issues: readonly Issue[] } {
  const limits = limitsOf(options)
  const issues = issueList(limits, text)
  const lineOf = lineFinder(text)
  const { documents, unfinished } = readText(text, limits)
  for (const document of documents) for (const finding of document.findings) issues.add(finding, document)
  if (unfinished) issues.add(unfinished, { ...nowhere(), index: documents.length })
  const sound = documents.filter((document) => document.findings.every((finding) => finding.severity === 'warning'))
  return {
    documents: sound.map(({ index, offset, value }) => ({ index, line: lineOf(offset), value })),
    issues: issues.all(),
  }
}

type Where = Pick<ReadDocument, 'index' | 'value' | 'places' | 'offset'>
type AddIssue = (finding: Finding, where: Where, prefix?: FieldPath) => void

const nowhere = (): Omit<Where, 'index'> => ({ value: undefined, places: new Map(), offset: 0 })

interface IssueList {
  readonly add: AddIssue
  readonly all: () => readonly Issue[]
}

/** Issues with their lines, up to the limit; those of one document in the order of the text. */
function issueList(limits: Limits, text: string): IssueList {
  const issues: { readonly issue: Issue; readonly documentIndex: number; readonly offset: number }[] = []
  const lineOf = lineFinder(text)
  // The column says where the text itself is wrong; of a field the path says more.
  const placeOf = ({ code }: Finding, offset: number): Pick<Issue, 'line' | 'column'> =>
    code === 'syntax' ? { line: lineOf(offset), column: columnOf(text, offset) } : { line: lineOf(offset) }
  let leftOut = 0
  return {
    add(finding, where, prefix = []) {
      if (issues.length >= limits.maxIssues) {
        leftOut++
        return
      }
      const path = [...prefix, ...finding.path]
      const offset = finding.offset ?? offsetOf(where, path)
      const isPlaced = finding.offset !== undefined || where.value !== undefined
      const issue = { ...issueOf(finding), path: pathText(path), documentIndex: where.index }
      const placed = isPlaced ? { ...issue, ...placeOf(finding, offset) } : issue
      issues.push({ issue: placed, documentIndex: where.index, offset })
    },
    all() {
      const sorted = [...issues].sort((a, b) => a.documentIndex - b.documentIndex || a.offset - b.offset)
      const list = sorted.map(({ issue }) => issue)
      return leftOut === 0 ? list : [...list, tooManyIssues(leftOut)]
    },
  }
}

const tooManyIssues = (leftOut: number): Issue => ({
  code: 'too-many-issues',
  path: '',
  message: `${leftOut} more issues are not listed: correct these first, or raise maxIssues`,
})

function readObjects(document: ReadDocument, options: ReadOptions, objects: ModelObject[], add: AddIssue): void {
  const ofText = document.findings
  for (const finding of ofText) add(finding, document)
  if (document.value === null || document.value === undefined || ofText.length > limitsOf(options).maxIssues) return
  const known = new Set(ofText.filter(isError).map((finding) => pathText(finding.path)))
  for (const item of itemsOf(document, add)) {
    const read: Read =
      item.value === null ? { findings: [notAnObject(null)] } : readValue(item.value, undefined, options, false)
    if (read.object && ofText.length === 0 && read.findings.length === 0) {
      objects.push(read.object)
      continue
    }
    const path = pathOf(item)
    for (const finding of read.findings) {
      // An error of the text is not reported again for its value.
      if (known.size === 0 || !known.has(pathText([...path, ...finding.path]))) add(finding, document, path)
    }
    const isSound = !ofText.some((finding) => isError(finding) && startsWith(finding.path, path))
    if (read.object && isSound) objects.push(read.object)
  }
}

const isError = ({ severity }: Finding): boolean => severity !== 'warning'

const startsWith = (path: FieldPath, start: FieldPath): boolean => start.every((key, i) => path[i] === key)

/** A list that is being taken apart. */
interface List {
  readonly items: readonly unknown[]
  readonly path: FieldPath
  next: number
}

interface Item {
  readonly value: unknown
  /** The list that it is the last item of so far; none: it is the document. */
  readonly list: List | undefined
}

/** Where an item is in its document. Made when there is something to tell: most of a million items have nothing. */
export const pathOf = ({ list }: Item): FieldPath => (list ? [...list.path, list.next - 1] : [])

/** The objects of a document: lists are taken apart, lists in lists too. */
export function* itemsOf(document: ReadDocument, add: AddIssue): Generator<Item> {
  const open: List[] = []
  let item: Item = { value: document.value, list: undefined }
  for (;;) {
    const items = listItems(item.value)
    if (items === undefined) yield item
    else if (Array.isArray(items.value)) {
      open.push({ items: items.value, path: [...pathOf(item), ...items.below], next: 0 })
    } else add(wrongItems(items.value), document, [...pathOf(item), ...items.below])
    while (open.length > 0 && open.at(-1)!.next >= open.at(-1)!.items.length) open.pop()
    const list = open.at(-1)
    if (!list) return
    item = { value: list.items[list.next++], list }
  }
}

function listItems(value: unknown): { readonly value: unknown; readonly below: FieldPath } | undefined {
  if (Array.isArray(value)) return { value, below: [] }
  if (!isJsonObject(value) || typeof value.kind !== 'string') return undefined
  const { kind, items, apiVersion } = value
  if (kind === 'List') return { value: items ?? [], below: ['items'] }
  if (kind.length <= 4 || !kind.endsWith('List') || !Array.isArray(items)) return undefined
  // Items of typed lists do not say what they are: the list does.
  const typed = { apiVersion, kind: kind.slice(0, -4) }
  const withType = items.map((item) => (isJsonObject(item) && item.kind === undefined ? { ...typed, ...item } : item))
  return { value: withType, below: ['items'] }
}

const wrongItems = (items: unknown): Finding => ({
  code: 'wrong-type',
  path: [],
  message: `expected a list of objects, got ${describe(items)}: begin each item with "- "`,
})
