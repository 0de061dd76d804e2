import { kindIcons } from '../../view/icons'
import { shownText } from '../story/shownText'
import { type ValueSpan, valueSpans } from '../story/spans'
import { type Verdict, verdictsOf } from '../story/verdicts'
import { chartLeft } from './axis'
import { type Drawing, type Panel, rowLabel, widthOf } from './panel'
import { toneOf } from './theme'
import { element, escapeXml, textElement } from './xml'

const rowHeight = 26
const barHeight = 20

/** One bar in a row. */
interface Block {
  readonly span: ValueSpan<string>
  readonly tone: string
  /** From the longest to the shortest: the first that fits is written. */
  readonly texts: readonly string[]
}

/** The phase of the Rollout over time, with a sign and a word beside the colour. */
export function phasePanel({ story, place }: Drawing): Panel {
  const spans = valueSpans(story.moments, ({ frame }) => shownText(frame.phase, 40) || 'no phase')
  return rowsPanel('Phase', [{ label: story.kind, blocks: spans.map(phaseBlock) }], place)
}

const phaseBlock = (span: ValueSpan<string>): Block => {
  const { tone, sign } = toneOf(span.value)
  return { span, tone, texts: [`${sign} ${span.value}`, sign] }
}

/** The step of a canary over time; nothing without steps. */
export function stepPanel({ story, place }: Drawing): Panel | undefined {
  const { stepCount, moments } = story
  if (stepCount === 0) return undefined
  const spans = valueSpans(moments, ({ frame: { stepIndex } }) => {
    if (stepIndex === null || !Number.isFinite(stepIndex)) return undefined
    return stepIndex >= stepCount ? 'all done' : `step ${stepIndex + 1} of ${stepCount}`
  })
  const blocks = spans.map((span) => ({
    span,
    tone: 'none',
    texts: [
      span.value,
      span.value.replace(/^step (\d+) of (\d+)$/, '$1/$2'),
      span.value.replace(/^step (\d+) .*$/, '$1'),
    ],
  }))
  return rowsPanel('Steps', [{ label: 'canary', blocks }], place)
}

/** AnalysisRuns and Experiments with their verdicts; nothing where there are none. */
export function verdictPanel({ story, place }: Drawing): Panel | undefined {
  const { verdicts, leftOut } = verdictsOf(story)
  if (verdicts.length === 0) return undefined
  const title = `Analyses and Experiments${leftOut > 0 ? ` (the last ${verdicts.length} of ${verdicts.length + leftOut})` : ''}`
  const rows = verdicts.map((verdict) => ({ label: labelOf(verdict), blocks: verdict.spans.map(phaseBlock) }))
  return rowsPanel(title, rows, place)
}

const labelOf = ({ kind, name }: Verdict): string =>
  `${kind === 'AnalysisRun' ? kindIcons.analysisRun : kindIcons.experiment} ${shownText(name, 12)}`

interface Row {
  readonly label: string
  readonly blocks: readonly Block[]
}

function rowsPanel(title: string, rows: readonly Row[], place: Drawing['place']): Panel {
  const head = 22
  return {
    height: head + rows.length * rowHeight + 6,
    draw: (top) => [
      textElement({ class: 'head', x: chartLeft, y: top + 13 }, title),
      ...rows.flatMap(({ label, blocks }, row) => {
        const y = top + head + row * rowHeight
        return [rowLabel(label, y + 14), ...blocks.flatMap((block) => blockAt(block, y, place))]
      }),
    ],
  }
}

function blockAt({ span, tone, texts }: Block, y: number, place: Drawing['place']): readonly string[] {
  const [left, right] = [place(span.fromSeconds), place(span.untilSeconds)]
  const width = Math.max(1.5, right - left)
  const tip = element('title', {}, [escapeXml(texts[0] ?? '')])
  const text = texts.find((one) => widthOf(one) <= width - 6)
  const box = { class: tone, x: left, y, width: Math.max(1, width - 1), height: barHeight, rx: width > 6 ? 3 : 0 }
  return [element('rect', box, [tip]), ...(text === undefined ? [] : [textElement({ x: left + 6, y: y + 14 }, text)])]
}
