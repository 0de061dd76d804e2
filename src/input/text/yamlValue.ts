import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml'
import { setOwn } from '../../model/json'
import type { Limits } from '../limits'
import type { Finding, Places, Problem } from '../places'
import { doubleKey } from './jsonText'
import { plainScalar, type ReadScalar, taggedScalar, unknownTag } from './yamlScalar'

interface Anchor {
  value: unknown
  /** Nodes that an alias to it represents. */
  nodes: number
  isOpen: boolean
}

/** What of a text is left, and where the part begins that is read. */
interface Rest {
  readonly maxAliasNodes: number
  readonly base: number
}

interface Walk extends Rest {
  readonly places: Places
  readonly findings: Finding[]
  readonly anchors: Map<string, Anchor>
  readonly limits: Limits
  /** Where the walk is. One list that grows and shrinks: a copy for each node would cost depth times nodes. */
  readonly path: (string | number)[]
  nodes: number
  aliasNodes: number
}

export interface ReadValue {
  readonly value: unknown
  readonly places: Places
  readonly findings: readonly Finding[]
  readonly aliasNodes: number
}

/**
 * The plain JSON data of a document. An alias shares its anchor's value, so aliases of aliases cost no memory here;
 * what they represent is counted anyway, because walking the value later costs that much (the "billion laughs").
 * Recursion is as deep as the document, whose depth was bounded before.
 */
export function documentValue(document: Document.Parsed, limits: Limits, rest: Rest): ReadValue {
  const walk: Walk = {
    ...rest,
    places: new Map(),
    findings: [],
    anchors: new Map(),
    limits,
    path: [],
    nodes: 0,
    aliasNodes: 0,
  }
  const value = readNode(walk, document.contents)
  return { value, places: walk.places, findings: walk.findings, aliasNodes: walk.aliasNodes }
}

const offsetOf = ({ base }: Walk, node: Node | null | undefined): number => base + (node?.range?.[0] ?? 0)

function find(walk: Walk, problem: Problem, offset: number, ...below: string[]): void {
  if (walk.findings.length > walk.limits.maxIssues) return
  walk.findings.push({ ...problem, path: [...walk.path, ...below], offset })
}

function readNode(walk: Walk, node: Node | null | undefined): unknown {
  walk.nodes++
  if (!node) return null
  if (isAlias(node)) return aliasValue(walk, node)
  if (isScalar(node)) return scalarValue(walk, node as Scalar<string>)
  const before = walk.nodes
  const anchor = openAnchor(walk, node)
  if (node.tag && !node.tag.startsWith('tag:yaml.org,2002:')) find(walk, unknownTag(node.tag), offsetOf(walk, node))
  const value = isMap(node) ? mapValue(walk, node) : isSeq(node) ? listValue(walk, node.items as Node[]) : null
  if (anchor) Object.assign(anchor, { value, nodes: walk.nodes - before + 1, isOpen: false })
  return value
}

function readBelow(walk: Walk, key: string | number, node: Node | null): unknown {
  walk.path.push(key)
  const value = readNode(walk, node)
  walk.path.pop()
  return value
}

/** An anchor is known while its value is read, so that an alias inside of itself is seen. */
function openAnchor(walk: Walk, node: { readonly anchor?: string }): Anchor | undefined {
  if (!node.anchor) return undefined
  const anchor: Anchor = { value: null, nodes: 1, isOpen: true }
  walk.anchors.set(node.anchor, anchor)
  return anchor
}

function scalarValue(walk: Walk, node: Scalar<string>): unknown {
  const { value, problem } = readScalar(node)
  if (problem) find(walk, problem, offsetOf(walk, node))
  if (node.anchor) walk.anchors.set(node.anchor, { value, nodes: 1, isOpen: false })
  return value
}

function readScalar(node: Scalar<string>): ReadScalar {
  if (node.tag) return taggedScalar(node.value, node.tag)
  return node.type === 'PLAIN' ? plainScalar(node.value) : { value: node.value }
}

function aliasValue(walk: Walk, node: Alias): unknown {
  const anchor = walk.anchors.get(node.source)
  if (!anchor || anchor.isOpen) {
    find(walk, anchor ? aliasCycle(node.source) : unknownAlias(node.source), offsetOf(walk, node))
    return null
  }
  const wereTooMany = walk.aliasNodes > walk.maxAliasNodes
  walk.aliasNodes += anchor.nodes
  walk.nodes += anchor.nodes
  if (walk.aliasNodes <= walk.maxAliasNodes) return anchor.value
  if (!wereTooMany) find(walk, tooManyAliases, offsetOf(walk, node))
  return null
}

function listValue(walk: Walk, items: readonly Node[]): unknown[] {
  const places: number[] = []
  const list: unknown[] = []
  walk.places.set(list, places)
  for (const item of items) {
    places.push(offsetOf(walk, item))
    list.push(readBelow(walk, list.length, item))
  }
  return list
}

function mapValue(walk: Walk, node: YAMLMap): Record<string, unknown> {
  const places: (string | number)[] = []
  const map: Record<string, unknown> = {}
  walk.places.set(map, places)
  const seen = new Set<string>()
  const merges: { readonly value: unknown; readonly offset: number }[] = []
  for (const { key, value } of node.items as readonly { key: Node | null; value: Node | null }[]) {
    const offset = offsetOf(walk, key ?? value)
    if (isMergeKey(key)) {
      merges.push({ value: readBelow(walk, '<<', value), offset })
      continue
    }
    const name = keyText(walk, key)
    if (name === undefined) continue
    if (seen.has(name)) find(walk, doubleKey(name), offset, name)
    seen.add(name)
    places.push(name, offset)
    setOwn(map, name, readBelow(walk, name, value))
  }
  for (const { value, offset } of merges) merge(walk, map, places, value, offset)
  return map
}

const isMergeKey = (key: Node | null): boolean =>
  isScalar(key) && key.value === '<<' && (key.type === 'PLAIN' ? !key.tag : key.tag === 'tag:yaml.org,2002:merge')

/** `<<`: what the mapping says itself wins, then the first of the merged ones. */
function merge(
  walk: Walk,
  map: Record<string, unknown>,
  places: (string | number)[],
  value: unknown,
  offset: number,
): void {
  for (const source of Array.isArray(value) ? value : [value]) {
    if (typeof source !== 'object' || source === null || Array.isArray(source)) {
      find(walk, badMerge, offset, '<<')
      continue
    }
    for (const key of Object.keys(source)) {
      if (Object.hasOwn(map, key)) continue
      setOwn(map, key, (source as Record<string, unknown>)[key])
      places.push(key, offset)
    }
  }
}

/** Kubernetes' keys are texts: numbers and booleans become theirs, nothing else can be a key. */
function keyText(walk: Walk, key: Node | null): string | undefined {
  const value = readNode(walk, key)
  if (typeof value === 'string') return value
  if (typeof value === 'boolean' && isScalar(key) && key.value !== String(value)) {
    find(walk, booleanKey(String(key.value), value), offsetOf(walk, key), String(value))
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  find(walk, wrongKey(value), offsetOf(walk, key))
  return undefined
}

const wrongKey = (value: unknown): Problem => ({
  code: 'wrong-key',
  message:
    value === null
      ? 'a key must be text, got nothing: write one before the colon'
      : 'a key must be text, got a list or mapping: put it in quotes (or render it first, if it is a Helm template)',
})

const booleanKey = (written: string, value: boolean): Problem => ({
  code: 'boolean-key',
  severity: 'warning',
  message: `the key ${written} is read as ${value}, as Kubernetes does: put it in quotes if ${JSON.stringify(written)} is meant`,
})

const unknownAlias = (name: string): Problem => ({
  code: 'unknown-alias',
  message: `the alias *${name} has no anchor &${name} before it in its document`,
})

const aliasCycle = (name: string): Problem => ({
  code: 'alias-cycle',
  message: `the alias *${name} stands inside of its own anchor: a value cannot contain itself`,
})

const tooManyAliases: Problem = {
  code: 'too-many-aliases',
  message: 'the aliases stand for too many values: write them out, or raise maxAliasNodes',
}

const badMerge: Problem = {
  code: 'wrong-type',
  message: 'expected a mapping or a list of mappings to merge (<<: *name)',
}
