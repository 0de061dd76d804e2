import type { CheckReport } from './check'
import type { Invariant } from './invariant'

const countsText = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none'

/** What the runs reached: a sentence about aborts proves nothing where no run aborted. */
export function coverageText({ passed, runs, seed, coverage }: CheckReport, invariants: readonly Invariant[]): string {
  const { phases, steps, commands, faults, verdicts, aborted } = coverage
  return [
    passed
      ? `${invariants.length} sentences hold in ${runs} runs (seed ${seed})`
      : `runs reached, before they were made smaller:`,
    `  phases    ${countsText(phases)}; aborted ${aborted}`,
    `  steps     ${countsText(steps)}`,
    `  commands  ${countsText(commands)}`,
    `  faults    ${countsText(faults)}`,
    `  verdicts  ${countsText(verdicts)}`,
  ].join('\n')
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

// A control character other than line ends and tabs cannot stand in XML at all.
const escaped = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids exactly these
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '?').replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)

/** JUnit XML with a test case for each sentence, as CI systems read it. */
export function junitText({ counterexamples, runs, seed }: CheckReport, invariants: readonly Invariant[]): string {
  const cases = invariants.map(({ id, sentence }) => {
    const broken = counterexamples.find(({ invariant }) => invariant === id)
    const name = escaped(id === sentence ? sentence : `${id} ${sentence}`)
    const head = `  <testcase classname="rollout-engine check" name="${name}"`
    if (!broken) return `${head}/>`
    return `${head}>\n    <failure message="${escaped(broken.seen)}">${escaped(broken.story)}</failure>\n  </testcase>`
  })
  const counts = `tests="${invariants.length}" failures="${counterexamples.length}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="rollout-engine check, ${runs} runs, seed ${seed}" ${counts}>`,
    ...cases,
    '</testsuite>',
  ].join('\n')
}
