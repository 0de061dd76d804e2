import { givenObject } from '../../model/given'
import type { Timeline } from '../../simulate/simulation'
import { clockText } from '../../view/clockText'
import { endingOf, sentencesOf, titleOf } from '../story/sentences'
import { shownText } from '../story/shownText'
import { type Story, storyOf } from '../story/story'
import { chartLeft, chartRight, pictureWidth } from '../svg/axis'
import { type PictureTheme, themeOf, toneOf } from '../svg/theme'
import { svgOf } from '../svg/timelineSvg'
import { element, escapeXml } from '../svg/xml'
import { reportMoments } from './reportMoments'
import { reportObjects, reportResources } from './reportObjects'
import { reportScript } from './script'
import { reportStyle } from './style'
import { deedsTable, statesTable, updatesTable } from './tables'

/** How the page looks. */
export interface ReportOptions {
  /** `auto` (default): light or dark as the reader's system. On paper it is light. */
  readonly theme?: PictureTheme
}

/**
 * A simulation as one page of HTML: the picture, the tables behind it, and a slider over time that shows the objects,
 * what changed in that second, what the Rollout waits for, and the resources of the router. The page is one file that
 * loads nothing, works from a disk, can be read with a keyboard and a screen reader, and printed. Its size is bounded:
 * of very long simulations it has the first 240 seconds in which something changed.
 *
 * @example
 * import { timelineReport } from 'rollout-engine/pictures'
 * import { simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const timeline = simulate({ manifests: [{ kind: 'Rollout', metadata: { name: 'web' }, spec }], untilSeconds: 60 })
 * timelineReport(timeline).startsWith('<!doctype html>') // => true
 */
export function timelineReport(timeline: Timeline, options: ReportOptions = {}): string {
  const theme = themeOf(givenObject<ReportOptions>(options).theme)
  const story = storyOf(timeline)
  const { moments, leftOut } = reportMoments(story)
  const data = {
    end: story.endSeconds,
    left: (100 * chartLeft) / pictureWidth,
    width: (100 * (chartRight - chartLeft)) / pictureWidth,
    signs: Object.fromEntries(phases.map((phase) => [phase, toneOf(phase).sign])),
    moments: moments.map(({ moment }) => moment),
    objects: reportObjects(moments),
    resources: reportResources(story, moments),
  }
  const title = `${titleOf(story)} ${endingOf(story)}`
  return [
    '<!doctype html>',
    '<html lang="en">',
    headHtml(title, theme),
    '<body>',
    '<a class="skip" href="#second">Skip to the slider</a>',
    headerHtml(story, title),
    '<main>',
    pictureSection(story, theme),
    secondSection(story, leftOut),
    numbersSection(story),
    '</main>',
    `<footer><p class="soft">Made by rollout-engine from a simulation as Argo Rollouts ${escapeXml(shownText(story.timeline.controller, 20))} decides. Nothing real was touched.</p></footer>`,
    `<script type="application/json" id="data">${jsonInHtml(data)}</script>`,
    `<script>${reportScript}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

const phases = ['Healthy', 'Progressing', 'Paused', 'Degraded']

/** Data inside a script element: no `<` that could end it. */
const jsonInHtml = (data: unknown): string =>
  JSON.stringify(data).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')

const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"

const headHtml = (title: string, theme: PictureTheme): string => `<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeXml(title)}</title>
<style>${reportStyle(theme)}</style>
</head>`

function headerHtml(story: Story, title: string): string {
  const { sign } = toneOf(story.timeline.frames.at(-1)?.phase ?? '')
  const [, ...others] = sentencesOf(story)
  const items = others.slice(0, 12).map((text) => element('li', {}, [escapeXml(text)]))
  const message = story.timeline.frames.at(-1)?.message ?? ''
  return `<header><h1><span aria-hidden="true">${escapeXml(sign)} </span>${escapeXml(title)}</h1>${
    message === '' ? '' : `<p>${escapeXml(shownText(message, 400))}</p>`
  }${items.length === 0 ? '' : `<ul>${items.join('')}</ul>`}</header>`
}

const pictureSection = (story: Story, theme: PictureTheme): string => `<section aria-labelledby="h-picture">
<h2 id="h-picture">The simulation at a glance</h2>
<figure>${svgOf(story, theme)}<div class="cursor" id="cursor" aria-hidden="true"></div></figure>
<details><summary>The same as a table</summary>${statesTable(story)}</details>
</section>`

function secondSection({ endSeconds, untilSeconds }: Story, leftOut: number): string {
  const rest =
    untilSeconds > endSeconds ? ` Nothing changes between ${clockText(endSeconds)} and ${clockText(untilSeconds)}.` : ''
  const more = leftOut > 0 ? ` ${leftOut} later seconds with changes are left out.` : ''
  return `<section id="second" aria-labelledby="h-second">
<h2 id="h-second">Second by second</h2>
<noscript><p>The slider needs a script; the tables on this page do not.</p></noscript>
<div id="interactive" class="second" hidden>
<p class="soft"><span class="hint">Move the slider, or go to the next change with <kbd>n</kbd> and to the one before with <kbd>p</kbd>.</span>${rest}${more}</p>
<div class="controls">
<button type="button" id="previous">Previous change</button>
<input type="range" id="slider" min="0" max="${Math.ceil(endSeconds)}" step="1" value="0" aria-label="Second of the simulation">
<button type="button" id="next">Next change</button>
<output id="clock" for="slider">0s</output>
</div>
<p role="status" aria-live="polite"><span class="badge" id="phase"></span> <span id="message"></span></p>
<div class="cards">
<div class="card"><h3>What happens</h3><div id="happens"></div></div>
<div class="card"><h3>What it waits for</h3><div id="waits"></div></div>
<div class="card wide"><h3>What changed in this second</h3><div class="scroll differences" id="differences" role="region" tabindex="0" aria-label="What changed in this second"></div></div>
<div class="card"><h3>Resources of the router</h3><div id="resources"></div></div>
<div class="card"><h3><label for="object">Objects</label></h3><select id="object"></select><pre id="text" tabindex="0" role="region" aria-label="The chosen object"></pre></div>
</div>
</div>
</section>`
}

function numbersSection(story: Story): string {
  const tables = [updatesTable(story), deedsTable(story)].filter((table) => table !== '')
  if (tables.length === 0) return ''
  return `<section aria-labelledby="h-numbers"><h2 id="h-numbers">Updates and actions</h2>${tables.join('')}</section>`
}
