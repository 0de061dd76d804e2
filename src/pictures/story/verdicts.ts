import { shownText } from './shownText'
import { type ValueSpan, valueSpans } from './spans'
import type { Moment, Story } from './story'

/** An AnalysisRun or an Experiment, with its phases over time. */
export interface Verdict {
  readonly kind: 'AnalysisRun' | 'Experiment'
  /** Without the name of the Rollout, and the hash of its template, in front: `2-1` of `web-5f8d7c9b4-2-1`. */
  readonly name: string
  readonly spans: readonly ValueSpan<string>[]
  /** The last phase. */
  readonly end: string
}

const mostVerdicts = 8
const mostName = 40

/** AnalysisRuns and Experiments in the order in which they began; the last ones if there are too many. */
export function verdictsOf({ moments, name }: Story): {
  readonly verdicts: readonly Verdict[]
  readonly leftOut: number
} {
  const found = new Map<string, Omit<Verdict, 'spans' | 'end' | 'name'> & { readonly own: string }>()
  for (const { frame } of moments) {
    for (const { name: own } of frame.runs) found.set(`run ${own}`, { kind: 'AnalysisRun', own })
    for (const own of Object.keys(frame.experiments)) found.set(`experiment ${own}`, { kind: 'Experiment', own })
  }
  const all = [...found.values()].filter(({ kind, own }) => kind === 'AnalysisRun' || own !== name)
  const verdicts = all.slice(-mostVerdicts).map(({ kind, own }) => {
    const spans = valueSpans(moments, (moment) => phaseIn(moment, kind, own))
    const short = own.startsWith(`${name}-`) ? own.slice(name.length + 1).replace(/^[a-z0-9]{6,10}-(?=\d)/, '') : own
    return { kind, name: shownText(short, mostName), spans, end: spans.at(-1)?.value ?? '' }
  })
  return { verdicts, leftOut: all.length - verdicts.length }
}

/** Empty before the first reconcile: `Pending` is the controller's word for it. */
function phaseIn({ frame }: Moment, kind: Verdict['kind'], own: string): string | undefined {
  const found =
    kind === 'AnalysisRun'
      ? frame.runs.find(({ name }) => name === own)
      : Object.hasOwn(frame.experiments, own)
        ? frame.experiments[own]
        : undefined
  const phase: unknown = found?.phase
  if (typeof phase !== 'string') return undefined
  return phase === '' ? 'Pending' : phase
}
