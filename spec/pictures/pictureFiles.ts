import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  timelineChart,
  timelineCsv,
  timelineMarkdown,
  timelineMermaid,
  timelineReport,
  timelineSvg,
} from '../../src/pictures/index'
import type { Timeline } from '../../src/simulate/index'
import type { Written } from '../stories/storyFiles'
import { aborted, root, timelines } from './timelines'

const forms: Readonly<Record<string, (timeline: Timeline) => string>> = {
  svg: (timeline) => timelineSvg(timeline),
  mmd: timelineMermaid,
  csv: timelineCsv,
  md: timelineMarkdown,
  txt: (timeline) => timelineChart(timeline),
}

function written(name: string, wanted: () => string): Written {
  const file = join(root, name)
  return { name, wanted, current: () => readFileSync(file, 'utf8'), write: (text) => writeFileSync(file, text) }
}

/** The golden files of the pictures, and the pictures of the README. */
export const pictureFiles = (): readonly Written[] => [
  ...Object.entries(timelines).flatMap(([story, timeline]) =>
    Object.entries(forms).map(([form, make]) =>
      written(`spec/pictures/golden/${story}.${form}`, () => make(timeline())),
    ),
  ),
  ...(['aborted', 'hostile'] as const).map((story) =>
    written(`spec/pictures/golden/${story}.html`, () => timelineReport((timelines[story] ?? aborted)())),
  ),
  ...(['light', 'dark'] as const).map((theme) =>
    written(`docs/pictures/canary-${theme}.svg`, () => timelineSvg(aborted(), { theme })),
  ),
]
