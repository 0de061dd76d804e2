import type { CheckReport } from '../../check/check'
import { coverageText } from '../../check/checkText'
import type { Invariant } from '../../check/invariant'

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** A fence that is longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${text}\n${fence}`
}

/** What a check found, for a pull request: a table of the sentences, the stories folded away, what the runs reached. */
export function checkMarkdown(report: CheckReport, invariants: readonly Invariant[], again: string): string {
  const { counterexamples, controller, runs, seed } = report
  const rows = invariants.map(({ id, sentence }) => {
    const broken = counterexamples.find(({ invariant }) => invariant === id)
    const name = id === sentence ? sentence : `${id}: ${sentence}`
    return `| ${cell(name)} | ${broken ? `**no**, at ${broken.atSeconds} s: ${cell(broken.seen)}` : 'yes'} |`
  })
  const stories = counterexamples.map(({ invariant, story }) =>
    [
      `<details><summary>The smallest run that breaks ${cell(invariant)}</summary>`,
      '',
      fenced(story),
      '',
      '</details>',
    ].join('\n'),
  )
  const reached = `<details><summary>What the runs reached</summary>\n\n${fenced(coverageText(report, invariants))}\n\n</details>`
  return [
    `## ${counterexamples.length === 0 ? 'Every sentence holds' : `${counterexamples.length} of ${invariants.length} sentences do not hold`}: ${runs} runs, seed ${seed}, ${controller}`,
    ['| sentence | holds |', '|---|---|', ...rows].join('\n'),
    ...stories,
    reached,
    `The same again: \`${again}\``,
  ].join('\n\n')
}
