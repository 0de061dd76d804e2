import type { CheckReport } from './check'
import type { Invariant } from './invariant'
import { type JunitCase, junitXml } from './junit'

const countsText = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none'

/** What the runs reached: a sentence about aborts proves nothing if no run aborted. */
export function coverageText(
  { passed, controller, runs, seed, coverage }: CheckReport,
  invariants: readonly Invariant[],
): string {
  const { phases, steps, commands, faults, verdicts, aborted, unreached } = coverage
  return [
    passed
      ? `${invariants.length} sentences hold in ${runs} runs (seed ${seed}) under ${controller}`
      : `runs under ${controller} reached, before they were made smaller:`,
    `  phases    ${countsText(phases)}; aborted ${aborted}`,
    `  steps     ${countsText(steps)}`,
    `  commands  ${countsText(commands)}`,
    `  faults    ${countsText(faults)}`,
    `  verdicts  ${countsText(verdicts)}`,
    ...(unreached.length > 0 ? [`  never     ${unreached.join(', ')}`] : []),
  ].join('\n')
}

/** JUnit XML with a test case for each sentence. */
export function junitText(
  { counterexamples, controller, runs, seed }: CheckReport,
  invariants: readonly Invariant[],
): string {
  const cases = invariants.map(({ id, sentence }): JunitCase => {
    const broken = counterexamples.find(({ invariant }) => invariant === id)
    const name = id === sentence ? sentence : `${id} ${sentence}`
    const failure = broken && { message: broken.seen, text: broken.story }
    return { className: 'rollout-engine check', name, ...(failure && { failure }) }
  })
  return junitXml([{ name: `rollout-engine check, ${controller}, ${runs} runs, seed ${seed}`, cases }])
}
