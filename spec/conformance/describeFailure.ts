import { relative } from 'node:path'
import { own } from './compare'
import type { ConformanceCase, Difference, TraceStep, Unit } from './types'
import { vectorsFolder } from './vectors'

/** How much of a failure is printed. */
export interface Detail {
  readonly verbose: boolean
}

const mostLines = 30
const mostCharacters = 300

/** A failing unit for a person: the command that replays it, its step in the story, and expected and actual changes as a diff. */
export function describeFailure(folder: string, testCase: ConformanceCase, unit: Unit, detail: Detail): string[] {
  const lines = [
    `${testCase.id} ${unit.name}`,
    `  replay: ${replayCommand(folder, testCase)}`,
    ...storyOf(testCase, unit).map((line) => `  ${line}`),
    '  changes (- expected, + actual):',
    ...atMost(mostLines, detail, diffOf(unit, detail)).map((line) => `    ${line}`),
  ]
  if (unit.inputs !== undefined) lines.push(`  inputs ${show(unit.inputs, detail)}`)
  return lines
}

/** What to type to judge this one case again and see all of it. */
export function replayCommand(folder: string, { id, family }: ConformanceCase): string {
  const where = folder === vectorsFolder ? '' : `${relative(process.cwd(), folder) || '.'} `
  return `npm run conformance -- ${where}--family ${family} --case ${id} --verbose`
}

/** What happened to the cluster up to the failing step, and which step it is. */
function storyOf({ steps }: ConformanceCase, { step }: Unit): string[] {
  if (!steps || step === undefined) return []
  const failing = steps[step]
  const happened = steps.slice(0, step).flatMap((one, index) => (one.what ? [happening(one, index)] : []))
  const before = steps.slice(0, step).filter((one) => one.reconcile !== undefined).length
  return [
    `step ${step} (the last is ${steps.length - 1}), reconcile ${before + 1}: ${failing?.reconcile} at ${failing?.now}`,
    ...(happened.length > 0 ? ['what happened before:', ...happened.slice(-8)] : []),
  ]
}

const happening = ({ now, what }: TraceStep, index: number): string => `  step ${index} at ${now}: ${what}`

/** Changed values only one side has, or both have differently; a trace also shows what both changed alike. */
function diffOf({ changes, differences }: Unit, detail: Detail): string[] {
  if (!changes) return differences.flatMap((one) => sides(one, detail))
  const { expected, actual } = changes
  return [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort().flatMap((path) => {
    const sides = [
      { mark: '-', line: own(expected, path) },
      { mark: '+', line: own(actual, path) },
    ]
    if (sides[0]?.line === sides[1]?.line) return [`  ${path}: ${show(sides[0]?.line, detail)}`]
    return sides.flatMap(({ mark, line }) => (line === undefined ? [] : [`${mark} ${path}: ${show(line, detail)}`]))
  })
}

const sides = ({ path, expected, got }: Difference, detail: Detail): string[] => [
  `- ${path || '(whole)'}: ${show(expected, detail)}`,
  `+ ${path || '(whole)'}: ${show(got, detail)}`,
]

const atMost = (most: number, { verbose }: Detail, lines: readonly string[]): string[] =>
  verbose || lines.length <= most
    ? [...lines]
    : [...differingFirst(lines).slice(0, most), `(${lines.length - most} more lines with --verbose)`]

/** Where not everything is shown, what differs is. */
const differingFirst = (lines: readonly string[]): string[] => [
  ...lines.filter((line) => !line.startsWith(' ')),
  ...lines.filter((line) => line.startsWith(' ')),
]

function show(value: unknown, { verbose }: Detail): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')
  return verbose || text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters)}…`
}
