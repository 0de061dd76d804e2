import { describe, expect, test } from 'vitest'
import { timelineChart, timelineCsv, timelineMarkdown, timelineMermaid, timelineSvg } from '../../src/pictures/index'
import { palettes } from '../../src/pictures/svg/theme'
import type { Timeline } from '../../src/simulate/index'
import { pictureFiles } from './pictureFiles'
import { aborted, timelines } from './timelines'

describe('every picture is as its golden file (npm run stories -- pictures --rewrite)', () => {
  test.for(pictureFiles().map((file) => [file.name, file] as const))('%s', ([, { current, wanted }]) => {
    expect(wanted()).toBe(current())
  })
})

describe('an SVG picture', () => {
  test('loads nothing and runs nothing', () => {
    for (const timeline of Object.values(timelines)) {
      const svg = timelineSvg(timeline())
      expect(svg).not.toMatch(/<script|\bon\w+=|href=|@import|<image|<foreignObject/i)
      expect(svg.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/)
    }
  })

  test('is well-formed, whatever the texts are', () => {
    for (const timeline of Object.values(timelines)) expect(openElements(timelineSvg(timeline()))).toEqual([])
  })

  test('says in words what it shows', () => {
    const svg = timelineSvg(aborted())
    expect(svg).toMatch(/<svg[^>]* role="img" aria-labelledby="re-title re-desc"/)
    expect(svg).toContain('<title id="re-title">Rollout default/shop ends Degraded: the update was aborted</title>')
    expect(svg).toContain('At 2m00s: abort.')
  })

  test('has a pattern or a sign beside each colour', () => {
    const svg = timelineSvg(aborted())
    expect(svg).toContain('url(#re-hatch)')
    for (const sign of ['✔ Healthy', '✖ Degraded', '‖ Paused']) expect(svg).toContain(sign)
  })

  test('has the colours that were asked for', () => {
    const light = `--re-ink:${palettes.light.ink}`
    const dark = `--re-ink:${palettes.dark.ink}`
    const has = (theme?: 'light' | 'dark' | 'auto'): readonly boolean[] => {
      const svg = timelineSvg(aborted(), { theme })
      return [svg.includes(light), svg.includes(dark), svg.includes('prefers-color-scheme')]
    }
    expect(has()).toEqual([true, true, true])
    expect(has('light')).toEqual([true, false, false])
    expect(has('dark')).toEqual([false, true, false])
  })
})

/** Elements that are not closed, or closed in another order. */
function openElements(xml: string): readonly string[] {
  const open: string[] = []
  expect(xml.replace(/<\/?[a-z][^<>]*>/gi, '')).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot|#39);)/)
  for (const [, end, name = '', self] of xml.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/gi)) {
    if (end === '/') {
      expect(open.pop()).toBe(name)
    } else if (self !== '/') open.push(name)
  }
  return open
}

/** A Rollout that never comes to rest. */
function restless(states: number): Timeline {
  const timeline = aborted()
  const [first, second] = timeline.frames
  const frames = Array.from({ length: states }, (_, index) => ({
    ...(index % 2 ? second : first)!,
    atSeconds: index * 7,
  }))
  const deeds = frames.map(({ atSeconds }) => ({ atSeconds, event: { command: 'promote' as const }, isRefused: false }))
  return { ...timeline, frames, deeds, untilSeconds: states * 7 }
}

test('pictures of long simulations are bounded, and say what they leave out', () => {
  const long = restless(5000)
  const svg = timelineSvg(long)
  expect(svg.length).toBeLessThan(200_000)
  expect(svg).toMatch(/\d+ of 5000 states are shown/)
  expect(svg).toContain('and 4976 more')
  expect(timelineMermaid(long).split('\n').length).toBeLessThan(200)
  expect(timelineMarkdown(long).length).toBeLessThan(60_000)
  expect(timelineChart(long).split('\n').length).toBeLessThan(60)
})

test('revisions that are too old for a row still have their requests, and pictures say that they are there', () => {
  const timeline = timelines.revisions!()
  const svg = timelineSvg(timeline)
  expect(svg).toContain('>older ones<')
  expect(svg).toMatch(/>revisions before \d+ have no row of pods</)
  expect(timelineChart(timeline)).toMatch(/^ +\d+ older revisions have no row$/m)
})

test('of a long name a picture leaves out the end, not how it ends', () => {
  const timeline = timelines.revisions!()
  expect(timelineSvg(timeline)).toMatch(
    /class="title"[^>]*>. Rollout default\/a-name[a-z-]*… ends Paused and waits for promote</,
  )
  for (const width of [60, 80])
    expect(timelineChart(timeline, { width }).split('\n')[0]).toMatch(
      /^॥ Rollout default\/a.*… ends Paused and waits for promote$/,
    )
})

test('a chart says why, where there is a message', () => {
  expect(timelineChart(aborted()).split('\n')[1]).toBe('  RolloutAborted: Rollout aborted update to revision 2')
  expect(
    timelineChart({ ...aborted(), frames: [], issues: [{ code: 'a', path: '', message: 'no Rollout' }] }),
  ).toContain('\n  no Rollout\n')
})

describe('a chart for a terminal', () => {
  test('is as wide as it may be', () => {
    for (const width of [40, 60, 80, 120]) {
      const lines = timelineChart(aborted(), { width }).split('\n')
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width)
    }
  })

  test('has ASCII only where there is no Unicode, and colours where they are wanted', () => {
    expect(timelineChart(aborted(), { ascii: true })).toMatch(/^[\x20-\x7e\n]*$/)
    expect(timelineChart(aborted())).not.toContain('\u001b')
    expect(timelineChart(aborted(), { colours: true })).toContain('\u001b[31m✖')
  })
})

describe('a chart in the notation of Mermaid', () => {
  // Mermaid 11 itself drew the golden files and 400 other charts in Chromium, with names of every ASCII character and of its
  // keywords: each had all its tasks. It is not installed here: it has 113 packages.
  const time = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d`
  const name = String.raw`[^:;#\x60%<>"\n]+`
  const lines = [
    'gantt',
    ` {2}title ${name}`,
    ' {2}dateFormat YYYY-MM-DD HH:mm:ss',
    ' {2}axisFormat (?:%H:%M:%S|%d %H:%M|%Y-%m-%d)',
    ' {2}todayMarker off',
    ` {2}section ${name}`,
    ` {2}${name} :(?:(?:done|active|crit), )?${time}, ${time}`,
    ` {2}${name} :milestone, ${time}, 0s`,
  ]
  const grammar = new RegExp(`^(?:${lines.join('|')})$`)
  const keywords = ['section x', 'title x', 'click x call y()', 'todayMarker on', '%%{init: {}}%%', 'excludes weekends']

  test.for([...Object.entries(timelines), ...keywords.map((word) => [word, () => called(word)] as const)])(
    'has only lines that Mermaid reads as meant: %s',
    ([, timeline]) => {
      const text = timelineMermaid(timeline())
      for (const line of text.trimEnd().split('\n')) expect(line).toMatch(grammar)
      // A name is never the first word of a line, where a keyword would be one.
      expect(text).not.toMatch(/^ {2}(?:click|excludes|includes|vert|acc)/m)
    },
  )

  test('has dates on its axis where hours say nothing', () => {
    const last = { ...aborted().frames.at(-1)!, atSeconds: 90 * 86_400 }
    const text = timelineMermaid({ ...aborted(), frames: [...aborted().frames, last], untilSeconds: 100 * 86_400 })
    expect(text).toContain('axisFormat %Y-%m-%d')
  })
})

/** A Rollout, its phases, analyses and commands all have one name. */
function called(word: string): Timeline {
  const timeline = aborted()
  const frames = timeline.frames.map((frame) => ({
    ...frame,
    phase: word as 'Paused',
    runs: [{ name: word, revision: 2, step: null, kind: 'other' as const, phase: word }],
  }))
  const rollout = timeline.objects[timeline.key]
  const objects = { [timeline.key]: { ...rollout!, metadata: { ...rollout!.metadata, name: word, namespace: word } } }
  return { ...timeline, objects, frames, deeds: [{ atSeconds: 5, event: { image: word }, isRefused: false }] }
}

test('no cell of a CSV is a formula', () => {
  const frame = { ...aborted().frames[0]!, phase: '=1+1', message: '@sum', pods: [] }
  const csv = timelineCsv({ ...aborted(), frames: [frame] })
  expect(csv.split('\r\n')[1]).toMatch(/^0,'=1\+1,'@sum,/)
})

test('Markdown of a hostile story mentions nobody, links nothing and ends no code', () => {
  const text = timelineMarkdown(timelines.hostile!())
  const plain = text.replace(/^```mermaid\n[\s\S]*?^```$/m, '').replace(/`[^`\n]*`/g, '')
  expect(plain).not.toMatch(/@|<script|https?:|#1/)
  expect(text.match(/^```/gm)).toHaveLength(2)
})
