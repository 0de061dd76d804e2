import type { FieldPath } from '../input/places'
import type { AnalysisTemplate, Metric } from '../model/analysis'
import { type ControllerVersion, newestRelease } from '../model/controllerVersion'
import { asKind } from '../model/kinds'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'

/**
 * `error`: it does not work; `warning`: it does something else than it says; `note`: worth knowing before it surprises.
 */
export type LintSeverity = 'error' | 'warning' | 'note'

/** An object of the files, and where it stands. */
export interface LintObject {
  readonly file: string
  /** Which document of the file, from 0. */
  readonly documentIndex: number
  /** Where the object is in its document: empty, or an item of a list. */
  readonly prefix: FieldPath
  readonly object: KubeObject
  /** Line and column of a field, from 1; of a field that is missing those of what it is missing in. */
  readonly placeOf: (path: FieldPath) => { readonly line: number; readonly column: number }
}

/** All sound objects of all files. */
export type LintTarget = readonly LintObject[]

/** A change of the text that repairs a complaint; `path` begins at the object. */
export type Fix =
  | { readonly op: 'set'; readonly path: FieldPath; readonly value: string | number | boolean }
  | { readonly op: 'add'; readonly path: FieldPath; readonly value: string | number | boolean }
  | { readonly op: 'remove'; readonly path: FieldPath }

/** What a rule says of a field. */
export interface Complaint {
  readonly path: FieldPath
  readonly message: string
  readonly fix?: Fix
}

/** A complaint, and the object that it is about. */
export interface PlacedComplaint extends Complaint {
  readonly at: LintObject
}

/** What people read about a rule; its page says more. */
export interface RuleText {
  /** Stays forever: comments and configurations name it. Also the name of its page in docs/reference/lint/. */
  readonly id: string
  readonly severity: LintSeverity
  /** What is wrong, in a few words. */
  readonly summary: string
  /** Why it matters. */
  readonly why: string
  /** Where people met it. */
  readonly thread: string
}

/** Which controller rules speak of. */
export interface Audience {
  readonly controller: ControllerVersion
  /** Somebody said so: else other controllers may be meant as well. */
  readonly isNamed: boolean
}

/** What is meant where nobody says a version. */
export const anyAudience: Audience = { controller: newestRelease, isNamed: false }

export interface Rule extends RuleText {
  readonly check: (target: LintTarget, audience?: Audience) => Iterable<PlacedComplaint>
}

/** A rule about single Rollouts. */
export const rolloutRule = (
  text: RuleText,
  check: (rollout: Rollout, at: LintObject, target: LintTarget, audience: Audience) => Iterable<Complaint>,
): Rule => ({
  ...text,
  *check(target, audience = anyAudience) {
    for (const at of target) {
      if (at.object.kind !== 'Rollout' || !at.object.spec) continue
      for (const complaint of check(asKind('Rollout', at.object), at, target, audience)) yield { ...complaint, at }
    }
  },
})

const templateKinds: readonly unknown[] = ['AnalysisTemplate', 'ClusterAnalysisTemplate', 'AnalysisRun']

export const isTemplate = ({ object }: LintObject): boolean => templateKinds.includes(object.kind)

/** A rule about single AnalysisTemplates, cluster-wide ones and runs. */
export const templateRule = (
  text: RuleText,
  check: (template: AnalysisTemplate, at: LintObject, target: LintTarget, audience: Audience) => Iterable<Complaint>,
): Rule => ({
  ...text,
  *check(target, audience = anyAudience) {
    for (const at of target) {
      if (!isTemplate(at) || !at.object.spec) continue
      const template = asKind('AnalysisTemplate', at.object)
      for (const complaint of check(template, at, target, audience)) yield { ...complaint, at }
    }
  },
})

/** A rule about single metrics; paths begin at the metric. */
export const metricRule = (
  text: RuleText,
  check: (metric: Metric, template: AnalysisTemplate, audience: Audience) => Iterable<Complaint>,
): Rule =>
  templateRule(text, function* (template, _at, _target, audience) {
    for (const [index, metric] of (template.spec.metrics ?? []).entries()) {
      const start: FieldPath = ['spec', 'metrics', index]
      for (const { path, message, fix } of check(metric, template, audience)) {
        const placed = fix && { ...fix, path: [...start, ...fix.path] }
        yield { path: [...start, ...path], message, ...(placed && { fix: placed }) }
      }
    }
  })
