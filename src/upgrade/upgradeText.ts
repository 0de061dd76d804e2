import type { RevisionNote, ScenarioReport, UpgradeReport } from './previewUpgrade'
import { momentText } from './story'

/** The text of a report: plain text for a terminal, Markdown for a pull request. */
export type UpgradeFormat = 'text' | 'markdown'

/** The report in words. */
export function upgradeText(report: UpgradeReport, format: UpgradeFormat): string {
  const heading = (level: number, text: string): string =>
    format === 'markdown' ? `${'#'.repeat(level)} ${text}` : text
  const item = format === 'markdown' ? '- ' : '  '
  const { from, to, rollout, differing, alike, changes } = report
  const lines = [
    heading(2, `Rollout ${rollout}: controller ${from} to ${to}`),
    '',
    `${revisionText(report.revision)}`,
    '',
  ]
  if (differing.length === 0) lines.push(`None of the ${alike.length} scenarios goes otherwise.`)
  else {
    lines.push(heading(3, `${differing.length} of ${differing.length + alike.length} scenarios go otherwise`), '')
    for (const one of differing) lines.push(...scenarioLines(one, report, item))
    if (alike.length > 0) lines.push(`${item}the same as before: ${alike.join(', ')}`)
  }
  if (changes.length > 0) {
    lines.push('', heading(3, 'What changed in between that this Rollout can meet'), '')
    for (const { since, weight, text } of changes) lines.push(`${item}${since}, ${weight}: ${text}`)
  }
  return lines.join('\n')
}

function revisionText({ verdict, hashFrom, hashTo }: RevisionNote): string {
  const hashes = `the pod template hash changes from ${hashFrom} to ${hashTo}`
  switch (verdict) {
    case 'same':
      return `Names of ReplicaSets: the pod template hash stays ${hashFrom}.`
    case 'recognised':
      return `Names of ReplicaSets: ${hashes}. The running ReplicaSet is recognised by its template and keeps its name.`
    case 'new':
      return `Names of ReplicaSets: ${hashes}. The running ReplicaSet is not recognised: the upgrade alone starts a new revision.`
    case 'unknown':
      return `Names of ReplicaSets: ${hashes}. Whether the running ReplicaSet is recognised only the cluster tells: see --live.`
  }
}

function scenarioLines(
  { scenario, first, onlyFrom, onlyTo, endsAlike, expectations = [] }: ScenarioReport,
  { from, to }: UpgradeReport,
  item: string,
): readonly string[] {
  const lines = [
    `${item}${scenario}${first ? (endsAlike ? ' (ends as before)' : ' (ENDS OTHERWISE)') : ' (events only)'}`,
  ]
  if (first) lines.push(`    ${from}: ${momentText(first.from)}`, `    ${to}: ${momentText(first.to)}`)
  for (const { title, holdsUnder } of expectations) {
    const [holds, breaks] = holdsUnder === 'from' ? [from, to] : [to, from]
    lines.push(`    holds under ${holds}, NOT under ${breaks}: ${title}`)
  }
  for (const event of onlyFrom.slice(0, mostEvents)) lines.push(`    only ${from} tells: ${event}`)
  for (const event of onlyTo.slice(0, mostEvents)) lines.push(`    only ${to} tells: ${event}`)
  return lines
}

const mostEvents = 4
