import { type ControllerVersion, controllerVersions, newestRelease } from '../model/controllerVersion'
import type { Position } from './condition'
import { parseCondition } from './condition'
import { type LanguageLine, languageOf } from './language'
import type { Node } from './syntax/ast'
import { childrenOf } from './syntax/children'

/**
 * How a condition fares under another version of the controller:
 * - `refused`: one of the two controllers refuses it, so that every measurement is an Error there;
 * - `read-otherwise`: both take it, but it says something else;
 * - `computed-otherwise`: both read it alike, but for some results their values differ.
 */
export interface LanguageDifference {
  readonly kind: 'refused' | 'read-otherwise' | 'computed-otherwise'
  /** Which controller does what, as a sentence. */
  readonly message: string
  /**
   * The oldest version from which on the condition is taken as the other controller takes it; absent if it is refused
   * there.
   */
  readonly worksFrom?: ControllerVersion
  readonly position?: Position
}

/**
 * What a condition means under a controller and under another one, where that is not the same: v1.7 to v1.9 have an
 * older language than v1.10. Nothing is measured, so differences that depend on the result are reported as possible.
 * Source: expr 1.15.5 and 1.17.7.
 *
 * @example
 * import { languageDifferences } from 'rollout-engine/expr'
 * languageDifferences('len(uniq(result)) > 1', 'v1.9')[0]?.message
 * // => 'works from v1.10 on; v1.9 says: unknown name uniq'
 * languageDifferences('result > 1', 'v1.9') // => []
 */
export function languageDifferences(
  condition: string,
  one: ControllerVersion,
  another: ControllerVersion = newestRelease,
): readonly LanguageDifference[] {
  const [controller, other] = [known(one), known(another)]
  const here = parseCondition(condition, '', controller)
  const there = parseCondition(condition, '', other)
  const [problem] = here.issues
  const [otherProblem] = there.issues
  if (problem && otherProblem) return []
  if (problem) {
    const worksFrom = controllerVersions.find((version) => isTaken(condition, version)) ?? other
    const isNewer = placeOf(worksFrom) > placeOf(controller)
    const message = `works ${isNewer ? `from ${worksFrom} on` : `in ${other}`}; ${controller} says: ${problem.message}`
    return [{ kind: 'refused', message, worksFrom, position: problem.position }]
  }
  if (otherProblem) {
    const message = `works in ${controller}, not in ${other}, which says: ${otherProblem.message}`
    return [{ kind: 'refused', message, position: otherProblem.position }]
  }
  return between(here.ast!, there.ast!, controller, other)
}

const known = (version: ControllerVersion): ControllerVersion =>
  controllerVersions.includes(version) ? version : newestRelease

const isTaken = (condition: string, version: ControllerVersion): boolean =>
  parseCondition(condition, '', version).issues.length === 0

function between(
  here: Node,
  there: Node,
  controller: ControllerVersion,
  other: ControllerVersion,
): readonly LanguageDifference[] {
  if (shapeOf(here) !== shapeOf(there)) {
    const lost = countOf(here, isNot) < countOf(there, isNot)
    const what = lost ? 'reads a "not" of it and loses it, as if it were not there' : 'reads it in another way'
    return [{ kind: 'read-otherwise', message: `${controller} ${what}; ${other} does not`, worksFrom: other }]
  }
  if (lineOf(controller) === lineOf(other)) return []
  const [older, newer] = placeOf(controller) < placeOf(other) ? [controller, other] : [other, controller]
  return computed
    .filter(({ holds }) => countOf(here, holds) > 0)
    .map(({ message }) => ({ kind: 'computed-otherwise', message: message(older, newer), worksFrom: other }))
}

const lineOf = (version: ControllerVersion): LanguageLine => languageOf(version).line

const placeOf = (version: ControllerVersion): number => controllerVersions.indexOf(version)

/** The youngest release whose conditions are of another line of the language than those of the newest release. */
export const youngestOfOlderLine: ControllerVersion =
  controllerVersions.filter((version) => lineOf(version) !== lineOf(newestRelease)).at(-1) ?? newestRelease

const isNot = (node: Node): boolean => node.kind === 'unary' && (node.operator === 'not' || node.operator === '!')

const countOf = (node: Node, holds: (node: Node) => boolean): number =>
  childrenOf(node).reduce((count, child) => count + countOf(child, holds), holds(node) ? 1 : 0)

/** A tree without its places in the text. */
function shapeOf(node: Node): string {
  const { span: _, nature: __, ...own } = node
  const plain = Object.entries(own).filter(([, value]) => typeof value !== 'object')
  return `(${plain.map(([key, value]) => `${key}=${value}`).join(' ')}${childrenOf(node).map(shapeOf).join('')})`
}

interface Computed {
  readonly holds: (node: Node) => boolean
  readonly message: (older: ControllerVersion, newer: ControllerVersion) => string
}

const isCallOf = (node: Node, names: readonly string[]): boolean => node.kind === 'builtin' && names.includes(node.name)

/** Parts of expressions that the two languages compute differently, whatever the result is. */
const computed: readonly Computed[] = [
  {
    holds: (node) =>
      node.kind === 'binary' &&
      (node.operator === '==' || node.operator === '!=') &&
      [node.left, node.right].some(({ kind }) => kind === 'array'),
    message: (older, newer) =>
      `arrays are equal in ${newer} where their elements are; in ${older} integers and floats differ: [4] == [4.0] is false`,
  },
  {
    holds: (node) => isCallOf(node, ['max', 'min']) && childrenOf(node).length === 1,
    message: (older, newer) =>
      `max and min of one array are its largest and smallest element in ${newer}; ${older} gives the array back`,
  },
  {
    holds: (node) => {
      const [text] = childrenOf(node)
      return isCallOf(node, ['len']) && text?.kind === 'string'
    },
    message: (older, newer) => `len of a text counts characters in ${newer} and bytes in ${older}`,
  },
]
