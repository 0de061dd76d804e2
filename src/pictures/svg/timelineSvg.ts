import { givenObject } from '../../model/given'
import type { Timeline } from '../../simulate/simulation'
import { clockText } from '../../view/clockText'
import { endingOf, headlineOf, sentencesOf, titleOf } from '../story/sentences'
import { shownText } from '../story/shownText'
import { type Story, storyOf } from '../story/story'
import { axisOf, chartLeft, pictureWidth, placeOf } from './axis'
import { deedsPanel } from './deeds'
import type { Drawing, Panel } from './panel'
import { podsPanel } from './pods'
import { phasePanel, stepPanel, verdictPanel } from './spanRows'
import { fontFamily, type PictureTheme, pictureStyle, themeOf, toneOf } from './theme'
import { trafficPanel } from './traffic'
import { element, escapeXml, textElement } from './xml'

/** How a picture looks. */
export interface SvgOptions {
  /** `auto` (default): light or dark as the reader's system. */
  readonly theme?: PictureTheme
}

/**
 * A simulation as an SVG picture: what was done, who gets requests (as commanded and in effect), pods of each revision,
 * steps, analyses and phases on one time axis. It has no script and loads nothing, is legible from 600 pixels on, and
 * says in words what it shows (`<title>`, `<desc>`). Its size is bounded: of thousands of states some are left out, and
 * the picture says so. A timeline that is not one gives a picture that says so.
 *
 * @example
 * import { timelineSvg } from 'rollout-engine/pictures'
 * import { simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const timeline = simulate({ manifests: [{ kind: 'Rollout', metadata: { name: 'web' }, spec }], untilSeconds: 60 })
 * timelineSvg(timeline, { theme: 'dark' }).startsWith('<svg xmlns="http://www.w3.org/2000/svg"') // => true
 */
export function timelineSvg(timeline: Timeline, options: SvgOptions = {}): string {
  const { theme } = givenObject<SvgOptions>(options)
  return svgOf(storyOf(timeline), themeOf(theme))
}

const titleHeight = 56

/** The same of a story that is read already. */
export function svgOf(story: Story, theme: PictureTheme): string {
  const drawing: Drawing = { story, place: placeOf(story.endSeconds) }
  const panels = story.moments.length === 0 ? [] : panelsOf(drawing)
  const notes = notesOf(story)
  const deedsHeight = deedsPanel(drawing, 0)?.height ?? 0
  const panelsTop = titleHeight + deedsHeight
  const bottom = panelsTop + panels.reduce((sum, { height }) => sum + height, 0)
  const height = bottom + 30 + notes.length * 17
  const style = element('style', {}, [pictureStyle(theme)])
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 're-picture',
      viewBox: `0 0 ${pictureWidth} ${height}`,
      role: 'img',
      'aria-labelledby': 're-title re-desc',
      'font-family': fontFamily,
    },
    [
      element('title', { id: 're-title' }, [escapeXml(`${titleOf(story)} ${endingOf(story)}`)]),
      element('desc', { id: 're-desc' }, [escapeXml(sentencesOf(story).join(' '))]),
      style,
      patterns,
      element('rect', { class: 'surface', width: pictureWidth, height }),
      ...titleLines(story),
      ...(panels.length === 0 ? [] : axisOf(story.endSeconds, drawing.place, panelsTop, bottom)),
      ...stacked(panels, panelsTop),
      ...(deedsPanel(drawing, bottom)?.draw(titleHeight) ?? []),
      ...notes.map((text, row) => textElement({ class: 'soft', x: chartLeft, y: bottom + 38 + row * 17 }, text)),
    ],
  )
}

const panelsOf = (drawing: Drawing): readonly Panel[] =>
  [
    ...(drawing.story.kind === 'Rollout' ? [trafficPanel(drawing), podsPanel(drawing)] : []),
    stepPanel(drawing),
    verdictPanel(drawing),
    phasePanel(drawing),
  ].filter((panel) => panel !== undefined)

function stacked(panels: readonly Panel[], top: number): readonly string[] {
  let y = top
  return panels.flatMap(({ height, draw }) => {
    const drawn = draw(y)
    y += height
    return drawn
  })
}

function titleLines(story: Story): readonly string[] {
  const { controller, frames } = story.timeline
  const { sign } = toneOf(frames.at(-1)?.phase ?? '')
  const message = frames.at(-1)?.message ?? ''
  const about = [
    story.strategy,
    `${clockText(story.untilSeconds)} as Argo Rollouts ${shownText(controller, 20)} decides`,
  ]
  const shown = [...about.filter((part) => part !== undefined), ...(message === '' ? [] : [message])].join(' · ')
  return [
    textElement({ class: 'title', x: 16, y: 26 }, `${sign} ${headlineOf(story, 66)}`),
    textElement({ class: 'soft', x: 16, y: 46 }, shownText(shown, 100)),
  ]
}

/** Below the axis: what is not in the picture. */
function notesOf({
  moments,
  leftOut,
  untilSeconds,
  endSeconds,
  timeline,
  olderRevisions,
  revisions,
}: Story): readonly string[] {
  if (moments.length === 0)
    return [`nothing was simulated: ${shownText(timeline.issues[0]?.message ?? 'the timeline has no states', 80)}`]
  return [
    ...(untilSeconds > endSeconds ? [`nothing else until ${clockText(untilSeconds)}`] : []),
    ...(olderRevisions > 0 ? [`revisions before ${revisions[0]} have no row of pods`] : []),
    ...(leftOut > 0 ? [`${moments.length} of ${moments.length + leftOut} states are shown`] : []),
  ]
}

/** On top of colours, so that no colour carries meaning alone. */
const patterns = element('defs', {}, [
  element('pattern', { id: 're-hatch', width: 7, height: 7, patternUnits: 'userSpaceOnUse' }, [
    element('path', { class: 'hatch', d: 'M-1 8L8 -1M-4.5 4.5L4.5 -4.5M2.5 11.5L11.5 2.5' }),
  ]),
  element('pattern', { id: 're-dots', width: 7, height: 7, patternUnits: 'userSpaceOnUse' }, [
    element('circle', { class: 'dot', cx: 2, cy: 2, r: 1.2 }),
  ]),
  element('pattern', { id: 're-cross', width: 8, height: 8, patternUnits: 'userSpaceOnUse' }, [
    element('path', { class: 'hatch', d: 'M0 4H8M4 0V8' }),
  ]),
])
