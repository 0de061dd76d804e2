import type { Blocker, BlockerCode, BlockerData } from './blocker'
import { givenText } from './given'
import { ownValue } from './json'
import { plainFields } from './plainFields'

/** A blocker in words. */
export interface BlockerText {
  readonly waitsFor: string
  /** Who or what ends it. */
  readonly clearedBy: string
}

interface Texts<Data> {
  readonly waitsFor: (data: Data) => string
  readonly clearedBy: string | ((data: Data) => string)
}

const morePodsOrAbort = 'pods becoming available, abort, or another template'

function pauseEnd({ seconds, isOver, needsPods }: BlockerData['pause']): string {
  if (isOver) return 'the next reconcile, which ends this pause'
  if (seconds === undefined) return 'a person to promote'
  return needsPods ? `all new pods to be available, and ${seconds} s to pass` : `${seconds} s to pass`
}

function pauseClearedBy({ seconds, isOver, needsPods }: BlockerData['pause']): string {
  if (isOver) return 'the next reconcile'
  if (needsPods) return morePodsOrAbort
  return seconds === undefined ? 'promote' : 'time, or promote'
}

/** The only place with the texts of the codes. */
const texts: { readonly [Code in BlockerCode]: Texts<BlockerData[Code]> } = {
  malformed: {
    waitsFor: ({ path }) => `${path} to have the type that the API gives it; it counts as missing`,
    clearedBy: ({ path }) => `correct ${path}`,
  },
  malformedBeyond: {
    waitsFor: ({ count }) => `${count} more fields to have the types that the API gives them; they count as missing`,
    clearedBy: 'correct them',
  },
  ask: {
    waitsFor: ({ ask, key }) => (ask === 'measure' ? `a measurement that is due now (${key})` : `an answer to ${key}`),
    clearedBy: ({ ask }) => (ask === 'measure' ? 'the provider' : 'the host'),
  },
  error: { waitsFor: ({ message }) => message, clearedBy: 'correct what the error names; it is tried again' },
  growth: {
    waitsFor: ({ message }) => message,
    clearedBy: 'finding out who makes them, and deleting those that nobody needs',
  },
  paused: { waitsFor: () => 'a person to resume', clearedBy: 'spec.paused: false' },
  pause: { waitsFor: (data) => `${data.reason}: ${pauseEnd(data)}`, clearedBy: pauseClearedBy },
  aborted: { waitsFor: () => 'a retry or another template', clearedBy: 'retry, or set image' },
  deadline: {
    waitsFor: ({ message }) => `pods that are late (${message.replace(/\.$/, '')})`,
    clearedBy: morePodsOrAbort,
  },
  replicaFailure: { waitsFor: ({ message }) => message, clearedBy: 'what the message names, e.g. quota' },
  analysis: {
    waitsFor: ({ analysisRun }) => `AnalysisRun ${analysisRun} to complete`,
    clearedBy: 'its measurements, or terminate analysisrun',
  },
  experiment: {
    waitsFor: ({ experiment }) => `Experiment ${experiment} to complete`,
    clearedBy: 'its duration or its analyses, or terminate experiment',
  },
  plugin: { waitsFor: ({ plugin }) => `step plugin ${plugin} to finish`, clearedBy: 'the plugin, or promote' },
  pluginRetry: {
    waitsFor: ({ plugin, message }) => `step plugin ${plugin} to be tried again${message === '' ? '' : `: ${message}`}`,
    clearedBy: 'the plugin, or promote',
  },
  weight: { waitsFor: ({ weight }) => `the router to confirm weight ${weight}`, clearedBy: 'the router' },
  pods: {
    waitsFor: ({ replicaSet, available, wanted }) =>
      `ReplicaSet ${replicaSet}: ${available} of ${wanted} pods available`,
    clearedBy: morePodsOrAbort,
  },
  podsLeaving: {
    waitsFor: ({ replicaSet, present, wanted }) =>
      `ReplicaSet ${replicaSet}: ${present} pods are there and ${wanted} wanted`,
    clearedBy: 'the other pods going',
  },
  threshold: {
    waitsFor: ({ replicaSet, available, value, unit }) =>
      `ReplicaSet ${replicaSet}: replicaProgressThreshold wants ${value} ${unit === 'pods' ? 'pods' : '% of the pods'}, and all ${available} that the step makes are available`,
    clearedBy: 'a lower threshold, more replicas, or promote',
  },
  previewSize: {
    waitsFor: ({ replicaSet, pods, replicas }) =>
      `ReplicaSet ${replicaSet} to have ${replicas} pods: it has ${pods} (previewReplicaCount), and only with ${replicas} the active Service is switched`,
    clearedBy: ({ replicas }) => `promote --full, or previewReplicaCount: ${replicas}`,
  },
  restart: {
    waitsFor: ({ restartAt }) => `pods older than ${restartAt} (restartAt) to be made anew, a few at a time`,
    clearedBy: 'their successors becoming available',
  },
  progress: { waitsFor: ({ message }) => message || 'the next reconcile', clearedBy: 'pods becoming available' },
  invalidSpec: { waitsFor: ({ message }) => message, clearedBy: ({ path }) => `a valid ${path}` },
  ambiguous: {
    waitsFor: ({ kind, template }) => `multiple ${kind} match single experiment template: ${template}`,
    clearedBy: ({ kind }) => `deleting all of its ${kind} but one`,
  },
  template: {
    waitsFor: ({ template, available, wanted }) => `template '${template}': ${available} of ${wanted} pods available`,
    clearedBy: 'pods becoming available',
  },
  experimentAnalysis: {
    waitsFor: ({ analysis, analysisRun }) => `analysis '${analysis}' (${analysisRun}) to complete`,
    clearedBy: 'its measurements, or terminate',
  },
  duration: {
    waitsFor: ({ duration }) => `${duration} to pass since all templates became available`,
    clearedBy: 'time, or terminate',
  },
  'open-ended': { waitsFor: () => 'a person to terminate it', clearedBy: 'spec.terminate: true' },
  ended: {
    waitsFor: ({ message }) => (message ? `a new attempt: ${message}` : 'a new attempt'),
    clearedBy: 'retry experiment',
  },
  collision: {
    waitsFor: ({ name }) => `the name ${name}, which a ReplicaSet of somebody else has`,
    clearedBy: 'deleting or renaming that ReplicaSet',
  },
  scaleDownDelay: {
    waitsFor: ({ replicaSet, seconds }) => `ReplicaSet ${replicaSet} to keep its pods for ${seconds} s more`,
    clearedBy: 'time',
  },
  measurement: { waitsFor: ({ metric }) => `metric ${metric}: its measurement in flight`, clearedBy: 'the provider' },
  interval: {
    waitsFor: ({ metric, seconds }) => `metric ${metric}: ${seconds} s until its next measurement`,
    clearedBy: 'time',
  },
  assessment: { waitsFor: ({ metric }) => `metric ${metric}: its assessment`, clearedBy: 'the next reconcile' },
}

/**
 * The text of a blocker: what the object waits for, and who or what ends the wait.
 *
 * Errors: none; for an unknown code both texts are the code.
 *
 * @example
 * import { blockerText } from 'rollout-engine'
 * blockerText({ code: 'pause', data: { reason: 'CanaryPauseStep', seconds: 60 } })
 * // => { waitsFor: 'CanaryPauseStep: 60 s to pass', clearedBy: 'time, or promote' }
 */
export function blockerText(blocker: Pick<Blocker, 'code' | 'data'>): BlockerText {
  const code = givenText(blocker?.code)
  const found = ownValue(texts as Readonly<Record<string, Texts<unknown>>>, code)
  if (!found) return { waitsFor: code, clearedBy: code }
  const { waitsFor, clearedBy } = found
  const data = plainFields(blocker.data)
  return { waitsFor: waitsFor(data), clearedBy: typeof clearedBy === 'string' ? clearedBy : clearedBy(data) }
}

/** Every code of a blocker. */
export const blockerCodes: readonly BlockerCode[] = Object.keys(texts) as BlockerCode[]
