/** What a terminal obeys and does not show. Only colours are written here. */
const colour = /\p{Cc}\[\d+m/gu

/** How many columns a text takes, as Go's tabwriter counts: one for each code point, none for colours. */
const widthOf = (text: string): number => [...text.replace(colour, '')].length

export const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)))

/**
 * Columns under each other, two spaces apart, as Go's tabwriter sets them: every cell but the last of a row is filled
 * up. All rows have as many cells as the first.
 */
export function tableLines(rows: readonly (readonly string[])[]): readonly string[] {
  const [heading = []] = rows
  const widths = heading.map((_, column) => rows.reduce((width, row) => Math.max(width, widthOf(row[column] ?? '')), 0))
  const last = heading.length - 1
  return rows.map((row) =>
    row.map((cell, column) => (column === last ? cell : padded(cell, (widths[column] ?? 0) + 2))).join(''),
  )
}
