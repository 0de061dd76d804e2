import { parseDurationSeconds } from '../go/durationSeconds'
import type { FieldPath } from '../input/places'
import type { AnalysisTemplate, AnalysisTemplateRef } from '../model/analysis'
import { isJsonObject } from '../model/json'
import { asKind } from '../model/kinds'
import type { Rollout, RolloutAnalysis } from '../model/rollout'
import { pauseSecondsOf, stepsOf } from '../rollout/facts/steps'
import { ofTarget } from './ofTarget'
import type { LintObject, LintTarget } from './rule'

// What several rules ask.

export const canaryPath: FieldPath = ['spec', 'strategy', 'canary']
export const blueGreenPath: FieldPath = ['spec', 'strategy', 'blueGreen']

export const namespaceOf = ({ object }: LintObject): string => object.metadata.namespace ?? ''

/** Objects by their kind, in the order of the files. */
const byKind = ofTarget((target): ReadonlyMap<string, readonly LintObject[]> => {
  const kinds = new Map<string, LintObject[]>()
  for (const one of target) {
    const kind = one.object.kind ?? ''
    const known = kinds.get(kind)
    if (known) known.push(one)
    else kinds.set(kind, [one])
  }
  return kinds
})

export const objectsOfKind = (target: LintTarget, kind: string): readonly LintObject[] => byKind(target).get(kind) ?? []

/** What `neighbours` found, by file, namespace and kind. */
const besides = ofTarget(() => new Map<string, readonly LintObject[]>())

/**
 * Objects of a kind in the same namespace; manifests without one go wherever the others go. Folders hold variants of
 * the same objects (environments, examples): of several with one name the nearest file has the one that is meant.
 */
export function neighbours(target: LintTarget, at: LintObject, kind: string): readonly LintObject[] {
  const known = besides(target)
  const key = JSON.stringify([at.file, namespaceOf(at), kind])
  const found = known.get(key) ?? neighboursOf(objectsOfKind(target, kind), at)
  known.set(key, found)
  return found
}

function neighboursOf(candidates: readonly LintObject[], at: LintObject): readonly LintObject[] {
  const nearest = new Map<string, LintObject>()
  for (const one of candidates) {
    if (!isBeside(one, at)) continue
    const known = nearest.get(one.object.metadata.name)
    // As kubectl takes it, of two in one file the last one counts.
    if (!known || sharedFolders(one.file, at.file) >= sharedFolders(known.file, at.file))
      nearest.set(one.object.metadata.name, one)
  }
  return [...nearest.values()]
}

/** How far two paths go together: beyond their last folder where it is the same file. */
function sharedFolders(one: string, other: string): number {
  if (one === other) return Number.POSITIVE_INFINITY
  const [parts, others] = [one.split('/').slice(0, -1), other.split('/').slice(0, -1)]
  const apart = parts.findIndex((part, index) => part !== others[index])
  return apart < 0 ? parts.length : apart
}

export const isBeside = (one: LintObject, other: LintObject): boolean =>
  namespaceOf(one) === namespaceOf(other) || namespaceOf(one) === '' || namespaceOf(other) === ''

export interface PlacedAnalysis {
  readonly path: FieldPath
  readonly analysis: RolloutAnalysis
  readonly isBackground: boolean
}

/** All analyses of a Rollout: background, steps, before and after promotion. */
export function analysesOf(rollout: Rollout): readonly PlacedAnalysis[] {
  const { canary, blueGreen } = rollout.spec.strategy ?? {}
  const found: readonly (readonly [FieldPath, RolloutAnalysis | undefined])[] = [
    [[...canaryPath, 'analysis'], canary?.analysis],
    ...stepsOf(rollout).map(
      ({ analysis }, index) => [[...canaryPath, 'steps', index, 'analysis'] as FieldPath, analysis] as const,
    ),
    [[...blueGreenPath, 'prePromotionAnalysis'], blueGreen?.prePromotionAnalysis],
    [[...blueGreenPath, 'postPromotionAnalysis'], blueGreen?.postPromotionAnalysis],
  ]
  return found.flatMap(([path, analysis], index) => (analysis ? [{ path, analysis, isBackground: index === 0 }] : []))
}

const kindOfTemplate = ({ clusterScope }: AnalysisTemplateRef): string =>
  clusterScope ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate'

/** The template that a reference names, if it is among the files. */
export const templateOf = (
  target: LintTarget,
  at: LintObject,
  ref: AnalysisTemplateRef,
): AnalysisTemplate | undefined =>
  asKind(
    'AnalysisTemplate',
    neighbours(target, at, kindOfTemplate(ref)).find(({ object }) => object.metadata.name === ref.templateName)?.object,
  )

/** All templates of an analysis; undefined if one is not among the files or names others in turn. */
export function templatesOf(
  target: LintTarget,
  at: LintObject,
  { templates = [] }: RolloutAnalysis,
): readonly AnalysisTemplate[] | undefined {
  const found = templates.map((ref) => templateOf(target, at, ref))
  const isWhole = found.every((one) => one !== undefined && (one.spec?.templates ?? []).length === 0)
  return isWhole ? (found as readonly AnalysisTemplate[]) : undefined
}

/** Seconds of all pauses from a step on; infinite where a person, an analysis or something else has to end one. */
export function secondsFrom(rollout: Rollout, first: number): number {
  const waits = stepsOf(rollout)
    .slice(first)
    .map(({ pause, analysis, experiment, plugin }) => {
      if (analysis || experiment || plugin) return Number.POSITIVE_INFINITY
      return pause ? (pauseSecondsOf(pause) ?? Number.POSITIVE_INFINITY) : 0
    })
  return waits.reduce((sum, seconds) => sum + Math.max(0, seconds), 0)
}

/** Seconds of a Go duration; undefined if it is an argument, or no duration. */
export const secondsOf = (duration: string | undefined): number | undefined =>
  duration === undefined ? undefined : parseDurationSeconds(duration)

/** The names of all arguments that some data mentions: `{{args.name}}`. */
export function mentionedArgs(data: unknown): ReadonlySet<string> {
  const mentions = JSON.stringify(data ?? null).matchAll(/\{\{\s*args\.([^}\s]+?)\s*\}\}/g)
  return new Set([...mentions].map(([, name = '']) => name))
}

/** Labels that a selector asks for; undefined if it asks for more than equality. */
export function matchedLabels(selector: unknown): Readonly<Record<string, string>> | undefined {
  if (!isJsonObject(selector)) return undefined
  const { matchLabels, matchExpressions } = selector
  if (Array.isArray(matchExpressions) && matchExpressions.length > 0) return undefined
  return isJsonObject(matchLabels) ? (matchLabels as Readonly<Record<string, string>>) : undefined
}

export const sameLabels = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([key, value]) => other[key] === value)

/** What came out of a cluster has its identity; it is no manifest that somebody applies. */
export const isFromCluster = ({ object }: LintObject): boolean => object.metadata.uid !== undefined
