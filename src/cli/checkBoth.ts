import type { CheckReport } from '../check/check'
import { failureText } from '../check/check'
import { coverageText } from '../check/checkText'
import type { Invariant } from '../check/invariant'
import type { ControllerVersion } from '../model/controllerVersion'

/** The same seeds under a controller. */
export interface CheckedUnder {
  readonly controller: ControllerVersion
  readonly report: CheckReport
}

/** A sentence that one of two controllers keeps and the other breaks. */
export interface SentenceChange {
  readonly invariant: string
  readonly sentence: string
  readonly brokenUnder: ControllerVersion
  readonly holdsUnder: ControllerVersion
  readonly seen: string
}

/** What only one of two controllers breaks in the same runs. */
export function sentenceChanges(one: CheckedUnder, other: CheckedUnder): readonly SentenceChange[] {
  return [...onlyUnder(one, other), ...onlyUnder(other, one)]
}

function onlyUnder(one: CheckedUnder, other: CheckedUnder): readonly SentenceChange[] {
  const broken = new Set(other.report.counterexamples.map(({ invariant }) => invariant))
  return one.report.counterexamples
    .filter(({ invariant }) => !broken.has(invariant))
    .map(({ invariant, sentence, seen }) => ({
      invariant,
      sentence,
      brokenUnder: one.controller,
      holdsUnder: other.controller,
      seen,
    }))
}

/** What differs first, then each controller's own report. */
export function checkBothText(
  checked: readonly [CheckedUnder, CheckedUnder],
  invariants: readonly Invariant[],
): string {
  const changes = sentenceChanges(...checked)
  const lines = changes.map(
    ({ invariant, sentence, brokenUnder, holdsUnder, seen }) =>
      `  ${invariant === sentence ? '' : `${invariant} `}${sentence}: holds under ${holdsUnder}, not under ${brokenUnder} (${seen})`,
  )
  const [one, other] = checked
  const differs =
    lines.length === 0
      ? [`The same sentences hold under ${one.controller} and ${other.controller}.`]
      : ['What differs between the controllers', '', ...lines]
  const parts = checked.map(({ controller, report }) => {
    const failures = report.passed ? '' : `${failureText(report)}\n\n`
    return `Under ${controller}\n\n${failures}${coverageText(report, invariants)}`
  })
  return [differs.join('\n'), ...parts].join('\n\n')
}
