import type { RevisionNote, WorkloadNote } from './liveWorkloads'
import type { ScenarioReport, UpgradeReport } from './previewUpgrade'
import { momentText } from './story'

/** The text of a report: plain text for a terminal, Markdown for a pull request. */
export type UpgradeFormat = 'text' | 'markdown'

/** The report in words. */
export function upgradeText(report: UpgradeReport, format: UpgradeFormat): string {
  const heading = (level: number, text: string): string =>
    format === 'markdown' ? `${'#'.repeat(level)} ${text}` : text
  const item = format === 'markdown' ? '- ' : '  '
  const { from, to, rollout, workloads, differing, alike, changes } = report
  const lines = [
    heading(2, `Rollout ${rollout}: controller ${from} to ${to}`),
    '',
    `${revisionText(report.revision)}`,
    '',
  ]
  if (workloads.length > 0) {
    const touched = workloads.filter(isTouched)
    const count = touched.length === 0 ? 'none' : touched.length
    lines.push(heading(3, `The upgrade alone touches ${count} of ${workloads.length} Rollouts in the cluster`), '')
    for (const one of [...touched, ...workloads.filter((one) => !isTouched(one))])
      lines.push(`${item}${one.workload}: ${workloadText(one, to)}`)
    lines.push('')
  }
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

function revisionText(note: RevisionNote): string {
  const { verdict, hashFrom, hashTo } = note
  if (verdict === 'same') return `Names of ReplicaSets: the pod template hash stays ${hashFrom}.`
  const hashes = `Names of ReplicaSets: the pod template hash changes from ${hashFrom} to ${hashTo}.`
  return verdict === 'unknown'
    ? `${hashes} Whether the running ReplicaSet is recognised only the cluster tells: see --live.`
    : hashes
}

/** The upgrade alone changes what runs. */
export const isTouched = ({ verdict, restartsSteps }: RevisionNote): boolean =>
  verdict === 'new' || verdict === 'refused' || restartsSteps

function workloadText({ verdict, hashFrom, hashTo, reasons, restartsSteps }: WorkloadNote, to: string): string {
  const why = reasons.length > 0 ? ` (${reasons.join('; ')})` : ''
  const steps = restartsSteps ? '; its update BEGINS AGAIN at the first step, as the hash of the steps changes' : ''
  switch (verdict) {
    case 'same':
      return `keeps its hash ${hashFrom}${steps}`
    case 'recognised':
      return `keeps its ReplicaSet, which ${to} recognises by its template (hash ${hashFrom}, new ones get ${hashTo})${steps}`
    case 'new':
      return `starts a NEW REVISION ${hashTo}: ${to} does not recognise the template of the running ReplicaSet${why}`
    case 'refused':
      return `is REFUSED by ${to}${why}`
    case 'not-running':
      return 'has no ReplicaSet of its template yet'
    case 'unknown':
      return 'is not in the dump'
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
