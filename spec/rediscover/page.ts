import { stringify } from 'yaml'
import { eventText } from '../../src/check/report'
import { simulationOf } from '../../src/scenario/counterexample'
import type { Found, Sighting, Start } from './found'
import { type Row, rows } from './rows'
import { chosen, reproduced } from './searches'
import { unmet } from './unmet'

const verdictText = ({ verdicts }: Found): string =>
  Object.entries(verdicts)
    .map(([version, at]) => `${version} ${at === undefined ? 'holds' : `${at} s`}`)
    .join(', ')

const longVerdicts = ({ invariant, verdicts }: Found): string =>
  Object.entries(verdicts)
    .map(([version, at]) => `${version} ${at === undefined ? 'holds' : `violates ${invariant} at ${at} s`}`)
    .join(', ')

/** Not a number is no JSON. */
const plainText = (value: unknown): string => JSON.stringify(value, (_, one) => (Number.isNaN(one) ? 'NaN' : one))

/** What happens in the run, in one line. */
const worldText = ({ scenario: { events, pods, router, series, firstInstall } }: Found): string =>
  [
    firstInstall ? 'first install' : '',
    ...events.map((event) => `${event.whenPaused ? 'at a pause' : `${event.atSeconds ?? 0} s`} ${eventText(event)}`),
    ...[pods, router, series].map(plainText).filter((text) => text !== '{}'),
  ]
    .filter(Boolean)
    .join('; ')

const specText = ({ manifests: [rollout] }: Found): string => {
  const { selector: _, template: __, ...spec } = (rollout?.spec ?? {}) as Readonly<Record<string, unknown>>
  return plainText(spec)
}

export const foundText = (found: Found): string =>
  [
    `${found.row === undefined ? 'no row' : `row ${found.row}`} under ${found.controller} after ${found.seconds.toFixed(1)} s: ${found.invariant} at ${found.atSeconds} s: ${found.seen}`,
    `  ${specText(found)}`,
    `  ${worldText(found)}`,
    `  ${verdictText(found)}`,
  ].join('\n')

const aboutRow = ({ row }: Sighting): Pick<Row, 'thread' | 'what' | 'doubt'> =>
  rows.find((one) => one.row === row) ?? { thread: '', what: '' }

/** Rows of which the run shows the very defect. */
export const sureOnes = <Met extends Sighting>(met: readonly Met[]): readonly Met[] =>
  met.filter((one) => one.row !== undefined && !aboutRow(one).doubt)

const doubtLines = (found: readonly Found[]): readonly string[] =>
  found.flatMap((one) => {
    const { doubt } = aboutRow(one)
    return doubt ? [`Not counted is row ${one.row}: ${doubt}.`] : []
  })

/** The smallest run as a Simulation file. */
export function regression(found: Found): string {
  const { invariant, sentence, atSeconds, seen, scenario, manifests, controller } = found
  const counterexample = { invariant, sentence, threads: [], atSeconds, seen, scenario, story: '' }
  const simulation = simulationOf(counterexample, { manifests, controller })
  const { thread, what } = aboutRow(found)
  const name = `row ${found.row}, ${thread}: ${what}`
  return stringify({ ...simulation, metadata: { name, annotations: { verdicts: longVerdicts(found) } } })
}

const example = (found: Found): readonly string[] => [
  `- Rollout: \`${specText(found)}\``,
  `- world: ${worldText(found)}`,
  `- seen: ${found.seen}`,
  `- verdicts: ${verdictText(found)}`,
  '',
]

const tableLine = (found: Found): string => {
  const { row, invariant, controller, seed, round, seconds } = found
  return `| ${row} | ${aboutRow(found).thread} | ${invariant} | ${controller} | ${seed} + ${round} | ${seconds.toFixed(1)} s | ${verdictText(found)} |`
}

const searchLine = ({ controller, seed, rows }: Start): string =>
  `| ${controller} | ${seed} | ${rows?.join(', ') ?? 'open'} |`

const unmetLines = (found: readonly Found[]): readonly string[] => {
  const met = new Set(found.map(({ row }) => row))
  return unmet.flatMap(({ rows: all, why }) => {
    const left = all.filter((row) => !met.has(row))
    return left.length === 0 ? [] : [`| ${left.join(', ')} | ${why} |`]
  })
}

/** docs/internals/rediscovered.md */
export function page(
  found: readonly Found[],
  findings: readonly Found[],
  { seconds, starts }: { readonly seconds: number; readonly starts: readonly Start[] },
): string {
  return [
    '# Outages found again',
    '',
    '`npm run rediscover` makes up Rollouts of every strategy and worlds with faults (src/check/generate), and judges the known invariants. No',
    'generator knows a report: spec/rediscover/rows.ts only recognizes the defect in a run, by the broken sentence, the mechanism, and where the',
    'defect was repaired, by the versions that have to keep the sentence in the same run. Each search is a cold start in a process of its own',
    `on one core, with at most ${seconds} s of processor time, and ends once it has met its rows:`,
    '',
    '| controller | seed | ends with rows |',
    '|---|---|---|',
    ...starts.map(searchLine),
    '',
    ...chosen,
    '',
    'This page and the files of spec/regressions/rediscovered were written by `npm run rediscover -- --keep FOLDER --save` from searches that ran from end',
    'to end, each in one piece, over several starts of the command. The seconds are processor time until the search met the row, on a busy machine. Then',
    'the run and the Rollout were made smaller. A spec runs the files under every controller; a time among the verdicts is the second at which the',
    'sentence is broken.',
    ...reproduced,
    '',
    `Rows found: ${sureOnes(found).length}.`,
    ...doubtLines(found),
    '',
    '| row | thread | broken | found under | seed | after | verdicts of the smallest run |',
    '|---|---|---|---|---|---|---|',
    ...found.map(tableLine),
    '',
    'Row 23 is found by AR#2897, which it names, and row 31 by AR#2281.',
    '',
    '## Rows that are not found',
    '',
    '| row | why |',
    '|---|---|',
    ...unmetLines(found),
    '',
    ...found.flatMap((one) => [`## Row ${one.row}: ${aboutRow(one).what}`, '', ...example(one)]),
    '## In no row',
    '',
    'The first other run of each known invariant. They are findings about the controller, or about what an invariant asks of it; none of them is',
    'confirmed upstream.',
    '',
    ...findings.flatMap((one) => [`### ${one.invariant}: ${one.sentence}`, '', ...example(one)]),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}
