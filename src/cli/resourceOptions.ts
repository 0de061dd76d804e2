import { stringify } from 'yaml'
import { fieldDifferences } from '../cluster/fieldDifferences'
import { formatDuration } from '../go/durationSeconds'
import type { ResourceName } from '../simulate/routerResources'
import { resourceAt } from '../simulate/routerResources'
import type { Timeline } from '../simulate/simulation'

/** Objects of the router that are printed below the table. */
export interface ResourceQuestion extends ResourceName {
  readonly atSeconds: number
  /** Print what differs between `atSeconds` and this second instead of the whole object. */
  readonly untilSeconds?: number
}

/** `KIND/NAME@TIME`, or `KIND/NAME@FROM..TO` for `--diff`. */
export function readResourceQuestion(
  text: string,
  isDiff: boolean,
  secondsOf: (text: string) => number | undefined,
): ResourceQuestion | undefined {
  const [, kind, name, when] = /^([a-z]+)\/([^/@]+)@(.+)$/i.exec(text) ?? []
  if (kind === undefined || name === undefined || when === undefined) return undefined
  const times = isDiff ? when.split('..') : [when]
  const [from, to] = times.map(secondsOf)
  if (from === undefined || times.length !== (isDiff ? 2 : 1)) return undefined
  if (!isDiff) return { kind, name, atSeconds: from }
  return to === undefined ? undefined : { kind, name, atSeconds: from, untilSeconds: to }
}

/** The answers, one paragraph a question. */
export function printResources(timeline: Timeline, questions: readonly ResourceQuestion[]): string {
  return questions.map((question) => printResource(timeline, question)).join('\n\n')
}

function printResource(timeline: Timeline, question: ResourceQuestion): string {
  const { kind, name, atSeconds, untilSeconds } = question
  const title = `${kind}/${name} at ${formatDuration(atSeconds)}`
  const before = resourceAt(timeline, question, atSeconds)
  const problems = problemsAt(timeline, untilSeconds ?? atSeconds)
  if (untilSeconds === undefined) {
    return [`${title}:`, before ? stringify(before).trimEnd() : missing(timeline, atSeconds), ...problems].join('\n')
  }
  const after = resourceAt(timeline, question, untilSeconds)
  const lines = fieldDifferences(before, after).map(
    (one) =>
      `  ${one.path || name}: ${JSON.stringify(one.before) ?? '(none)'} → ${JSON.stringify(one.after) ?? '(none)'}`,
  )
  const shown = lines.length === 0 ? ['  nothing differs'] : lines
  return [`${title} and at ${formatDuration(untilSeconds)}:`, ...shown, ...problems].join('\n')
}

function missing({ resources }: Timeline, second: number): string {
  const state = resources.filter(({ atSeconds }) => atSeconds <= second).at(-1)
  const there = (state?.objects ?? []).map(({ kind, metadata }) => `${kind?.toLowerCase()}/${metadata.name}`)
  return `  is not there. The router's objects are: ${there.join(', ') || 'none; give their files'}`
}

const problemsAt = ({ resources }: Timeline, second: number): readonly string[] =>
  (resources.filter(({ atSeconds }) => atSeconds <= second).at(-1)?.problems ?? []).map(
    (problem) => `  the router refused: ${problem}`,
  )
