import { basename } from 'node:path'
import type { FieldDifference } from '../cluster/fieldDifferences'
import type { ShadowReport, ShadowStep } from '../explain/shadow/shadow'

const mostShown = 6

/** A series of observations, one after the other, and where the live controller decided otherwise. */
export function shadowText({ steps, counts }: ShadowReport, files: readonly string[]): string {
  const names = files.map((file) => basename(file))
  const width = Math.max(...names.map((name) => name.length))
  const lines = steps.flatMap((step, index) => [
    `${(names[index] ?? '').padEnd(width)}  ${step.now}  ${verdictOf(step)}`.trimEnd(),
    ...reasonsOf(step).map((line) => `    ${line}`),
  ])
  const sums = Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`)
  return [...lines, '', sums.join(', ')].join('\n')
}

const verdictOf = ({ verdict, command, decided }: ShadowStep): string => {
  if (verdict === 'commanded') return `commanded: ${command}`
  return decided.length === 0 || verdict !== 'same' ? verdict : `same: ${decided.slice(0, mostShown).join('; ')}`
}

function reasonsOf({ verdict, differences, decided, waitsFor }: ShadowStep): readonly string[] {
  if (verdict !== 'behind' && verdict !== 'differs') return []
  const more = differences.length - mostShown
  return [
    ...differences.slice(0, mostShown).map((one) => differenceText(one)),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...decided.slice(0, mostShown).map((text) => `the engine: ${text}`),
    ...waitsFor.slice(0, mostShown).map((text) => `then it waits for ${text}`),
  ]
}

const mostColumns = 100

/** A whole object says too much for a line. */
function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length <= mostColumns ? text : `${text.slice(0, mostColumns)} ...`
}

const differenceText = ({ path, before, after }: FieldDifference): string =>
  `${path}: live ${shown(before)}, engine ${shown(after)}`
