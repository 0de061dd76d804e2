import type { Story } from '../story/story'
import type { Place } from './axis'
import { chartLeft } from './axis'
import { textElement } from './xml'

/** A part of the picture across the whole time. */
export interface Panel {
  readonly height: number
  readonly draw: (top: number) => readonly string[]
}

/** What every panel is drawn with. */
export interface Drawing {
  readonly story: Story
  readonly place: Place
}

/** Stands for all revisions that are too old to have a row and a colour. */
export const olderRevision = -1

/** The class of a revision's colour, and the pattern on top of it. */
export function lookOf({ revisions }: Story, revision: number): { readonly tone: string; readonly pattern?: string } {
  const index = revisions.indexOf(revision)
  if (revision === olderRevision) return { tone: 'none' }
  // Revisions of an Experiment have none.
  if (index < 0) return { tone: 'r4', pattern: 'url(#re-cross)' }
  const patterns = [undefined, 'url(#re-hatch)', 'url(#re-dots)', 'url(#re-cross)']
  return { tone: `r${(index % 4) + 1}`, pattern: patterns[index % 4] }
}

/** The label on the left of a row. */
export const rowLabel = (text: string, y: number, look = 'soft'): string =>
  textElement({ class: look, x: chartLeft - 10, y, 'text-anchor': 'end' }, text)

/** How wide a text of 12 px is, at most. */
export const widthOf = (text: string): number => text.length * 7.2
