import { isGoList, isGoObject } from '../../go/json/jsonPrint'
import { compare } from './compare'
import type { JsonPath, PathList, PathNode, SliceParameter } from './nodes'
import { childrenOf, type PathValue, plainOf, printPathValue, typeName } from './values'

/** `..` in a row and nested ranges multiply; beyond this much work a path is given up with an error. */
const maxSteps = 1_000_000

/** What a range loop leaves behind (upstream keeps the same in the parser), and the work done so far. */
interface Walk {
  beginRange: number
  inRange: number
  endRange: number
  lastEnd: number
  steps: number
}

/** `leaves`: upstream's step failed but passed values, which an existence filter takes for a hit. */
interface Failure {
  readonly error: string
  readonly leaves?: boolean
}

type Found = readonly PathValue[] | Failure

const failed = (found: Found): found is Failure => 'error' in found

/**
 * All results of a template on a JSON document, flattened in order; the web provider takes the first. A field that is
 * missing is an error (`rate is not found`). Keys of an object under `*` and `..` come sorted by name (upstream: in no
 * stable order).
 */
export function findResults(
  path: JsonPath,
  document: PathValue,
): { readonly values: readonly PathValue[] } | { readonly error: string } {
  const walk: Walk = { beginRange: 0, inRange: 0, endRange: 0, lastEnd: -1, steps: 0 }
  const found = walkFrom(path, document, 0, walk)
  return failed(found) ? { error: found.error } : { values: found }
}

function walkFrom(path: JsonPath, document: PathValue, from: number, walk: Walk): Found {
  const all: PathValue[] = []
  for (let i = from; i < path.nodes.length; i++) {
    const results = step([document], path.nodes[i]!, walk)
    if (failed(results)) return results
    if (walk.endRange > 0 && walk.endRange <= walk.inRange) {
      walk.endRange--
      walk.lastEnd = i
      break
    }
    if (walk.beginRange === 0) {
      all.push(...results)
      continue
    }
    walk.beginRange--
    walk.inRange++
    // Without results the loop's body is walked once anyway, to find its end.
    for (const value of results.length > 0 ? results : [nothing]) {
      const inner = walkFrom(path, plainOf(value), i + 1, walk)
      if (failed(inner)) return inner
      if (results.length > 0) all.push(...inner)
    }
    walk.inRange--
    if (walk.lastEnd > i) i = walk.lastEnd
  }
  return all
}

const nothing: PathValue = { type: 'invalid' }

function step(input: readonly PathValue[], node: PathNode, walk: Walk): Found {
  walk.steps += input.length + 1
  if (walk.steps > maxSteps) return tooMuch
  switch (node.kind) {
    case 'list':
      return stepList(input, node, walk)
    case 'text':
      return [{ type: 'json', json: node.text }]
    case 'int':
      return input.map(() => ({ type: 'int', value: node.value }))
    case 'float':
    case 'bool':
      return input.map(() => ({ type: 'json', json: node.value }))
    case 'field':
      return stepField(input, node.name)
    case 'identifier':
      return stepIdentifier(input, node.name, walk)
    case 'wildcard':
      return input.flatMap(childrenOf)
    case 'recursive':
      return descend(input, walk)
    case 'slice':
      return stepSlice(input, node.parameters)
    case 'union':
      return stepUnion(input, node.lists, walk)
    case 'filter':
      return stepFilter(input, node, walk)
  }
}

const tooMuch: Failure = { error: `JSONPath takes more than ${maxSteps} steps` }

function stepList(input: readonly PathValue[], list: PathList, walk: Walk): Found {
  let current: Found = input
  for (const node of list.nodes) {
    current = step(current, node, walk)
    if (failed(current)) return current
  }
  return current
}

function stepUnion(input: readonly PathValue[], lists: readonly PathList[], walk: Walk): Found {
  const all: PathValue[] = []
  for (const list of lists) {
    const results = stepList(input, list, walk)
    if (failed(results)) return { error: results.error, leaves: input.length > 0 }
    all.push(...results)
  }
  return all
}

function stepIdentifier(input: readonly PathValue[], name: string, walk: Walk): Found {
  if (name === 'range') {
    walk.beginRange++
    return input
  }
  if (name !== 'end') return { error: `unrecognized identifier ${name}`, leaves: input.length > 0 }
  if (walk.inRange === 0) return { error: 'not in range, nothing to end' }
  walk.endRange++
  return []
}

function stepField(input: readonly PathValue[], name: string): Found {
  if (input.length === 0) return []
  const results: PathValue[] = []
  for (const value of input) {
    const json = value.type === 'json' ? value.json : null
    if (isGoObject(json) && Object.hasOwn(json, name)) results.push({ type: 'json', json: json[name]! })
  }
  return results.length > 0 ? results : { error: `${name} is not found` }
}

/** Every value that has children, parents first. */
function descend(input: readonly PathValue[], walk: Walk): Found {
  const all: PathValue[] = []
  const stack = [...input].reverse()
  while (stack.length > 0) {
    const value = stack.pop()!
    const children = childrenOf(value)
    if (children.length === 0) continue
    walk.steps += children.length
    if (walk.steps > maxSteps) return tooMuch
    all.push(value)
    for (let i = children.length - 1; i >= 0; i--) stack.push(children[i]!)
  }
  return all
}

function stepSlice(input: readonly PathValue[], parameters: readonly SliceParameter[]): Found {
  const results: PathValue[] = []
  for (const value of input) {
    if (value.type === 'json' && value.json === null) continue
    if (value.type !== 'json' || !isGoList(value.json)) {
      return { error: `${typeName(value)} is not array or slice`, leaves: true }
    }
    const range = sliceRange(value.json.length, parameters)
    if (range === 'none') return results
    if ('error' in range) return range
    for (let i = range.from; i < range.to; i += range.step) results.push({ type: 'json', json: value.json[i]! })
  }
  return results
}

interface Range {
  readonly from: number
  readonly to: number
  readonly step: number
}

function sliceRange(length: number, parameters: readonly SliceParameter[]): Range | 'none' | Failure {
  const [start, end, stride] = parameters as readonly [SliceParameter, SliceParameter, SliceParameter]
  let from = start.known ? start.value : 0
  if (from < 0) from += length
  let to = end.known ? end.value : length
  if (to < 0 || (to === 0 && end.derived === true)) to += length
  if (from === to) return 'none'
  if (from >= length || from < 0) return outOfBounds(from, length)
  if (to > length || to < 0) return outOfBounds(to - 1, length)
  if (from > to) return { error: `starting index ${from} is greater than ending index ${to}`, leaves: true }
  if (stride.known && stride.value <= 0) return { error: 'step must be > 0', leaves: true }
  return { from, to, step: stride.known ? stride.value : 1 }
}

const outOfBounds = (index: number, length: number): Failure => ({
  error: `array index out of bounds: index ${index}, length ${length}`,
  leaves: true,
})

type Filter = PathNode & { readonly kind: 'filter' }

function stepFilter(input: readonly PathValue[], filter: Filter, walk: Walk): Found {
  const results: PathValue[] = []
  for (const value of input) {
    if (value.type !== 'json' || !isGoList(value.json)) {
      return { error: `${printPathValue(value)} is not array or slice and cannot be filtered`, leaves: true }
    }
    for (const item of value.json) {
      const element: PathValue = { type: 'json', json: item }
      const passes = passesFilter(element, filter, walk)
      if (typeof passes !== 'boolean') return { error: passes.error, leaves: passes.leaves ?? results.length > 0 }
      if (passes) results.push(element)
    }
  }
  return results
}

function passesFilter(element: PathValue, filter: Filter, walk: Walk): boolean | Failure {
  const lefts = stepList([element], filter.left, walk)
  if (filter.operator === 'exists') return failed(lefts) ? lefts.leaves === true : lefts.length > 0
  if (failed(lefts)) return { error: lefts.error, leaves: true }
  if (lefts.length === 0) return false
  if (lefts.length > 1) return onlyOne
  const rights = stepList([element], filter.right, walk)
  if (failed(rights)) return { error: rights.error, leaves: true }
  if (rights.length === 0) return false
  return rights.length > 1 ? onlyOne : compare(lefts[0]!, filter.operator, rights[0]!)
}

const onlyOne: Failure = { error: 'can only compare one element at a time', leaves: true }
