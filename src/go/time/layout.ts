/** Layouts of Go's time package: the reference time Mon Jan 2 15:04:05 MST 2006 written in the wanted form. */
export type Element =
  | 'longMonth'
  | 'month'
  | 'numMonth'
  | 'zeroMonth'
  | 'longWeekday'
  | 'weekday'
  | 'day'
  | 'underDay'
  | 'zeroDay'
  | 'underYearDay'
  | 'zeroYearDay'
  | 'hour'
  | 'hour12'
  | 'zeroHour12'
  | 'minute'
  | 'zeroMinute'
  | 'second'
  | 'zeroSecond'
  | 'longYear'
  | 'year'
  | 'PM'
  | 'pm'
  | 'zoneName'
  | 'offset'
  | 'fraction'

export interface Chunk {
  /** Literal text before the element. */
  readonly prefix: string
  /** Absent at the end of the layout. */
  readonly element?: Element
  /** The element's text in the layout. */
  readonly text: string
}

/** Fixed spellings, longer ones before those that they start with. */
const spellings: readonly (readonly [text: string, element: Element])[] = [
  ['January', 'longMonth'],
  ['Jan', 'month'],
  ['Monday', 'longWeekday'],
  ['Mon', 'weekday'],
  ['MST', 'zoneName'],
  ['002', 'zeroYearDay'],
  ['01', 'zeroMonth'],
  ['02', 'zeroDay'],
  ['03', 'zeroHour12'],
  ['04', 'zeroMinute'],
  ['05', 'zeroSecond'],
  ['06', 'year'],
  ['15', 'hour'],
  ['1', 'numMonth'],
  ['2006', 'longYear'],
  ['2', 'day'],
  ['__2', 'underYearDay'],
  ['_2', 'underDay'],
  ['3', 'hour12'],
  ['4', 'minute'],
  ['5', 'second'],
  ['PM', 'PM'],
  ['pm', 'pm'],
  ['-070000', 'offset'],
  ['-07:00:00', 'offset'],
  ['-0700', 'offset'],
  ['-07:00', 'offset'],
  ['-07', 'offset'],
  ['Z070000', 'offset'],
  ['Z07:00:00', 'offset'],
  ['Z0700', 'offset'],
  ['Z07:00', 'offset'],
  ['Z07', 'offset'],
]

const fraction = /^[.,](0+|9+)(?![0-9])/

function elementAt(layout: string, at: number): { readonly text: string; readonly element: Element } | undefined {
  const char = layout[at]
  if (char === '.' || char === ',') {
    const match = fraction.exec(layout.slice(at, at + 1000))
    return match ? { text: match[0], element: 'fraction' } : undefined
  }
  for (const [text, element] of spellings) {
    if (text[0] !== char || !layout.startsWith(text, at)) continue
    // `Jan` and `Mon` count only where no lower case letter follows ("Janet"); `_2006` is an underscore and a year.
    if ((text === 'Jan' || text === 'Mon') && /[a-z]/.test(layout[at + 3] ?? '')) continue
    if (text === '_2' && layout.startsWith('_2006', at)) return undefined
    return { text, element }
  }
  return undefined
}

export interface Layout {
  readonly text: string
  /** Literal prefixes and elements; the last chunk is what remains after them. */
  readonly chunks: readonly Chunk[]
}

export const layoutOf = (text: string): Layout => ({ text, chunks: chunksOf(text) })

function chunksOf(layout: string): readonly Chunk[] {
  const chunks: Chunk[] = []
  let from = 0
  for (let at = 0; at < layout.length; ) {
    const found = elementAt(layout, at)
    if (!found) {
      at += 1
      continue
    }
    chunks.push({ prefix: layout.slice(from, at), ...found })
    at += found.text.length
    from = at
  }
  chunks.push({ prefix: layout.slice(from), text: '' })
  return chunks
}
