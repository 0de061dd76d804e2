import { element, textElement } from './xml'

// Where seconds are on the picture.

export const pictureWidth = 720
/** Where the time axis begins and ends. */
export const chartLeft = 112
export const chartRight = pictureWidth - 20

/** The horizontal place of a second. */
export type Place = (second: number) => number

export const placeOf =
  (endSeconds: number): Place =>
  (second) =>
    chartLeft + (Math.min(Math.max(second, 0), endSeconds) / endSeconds) * (chartRight - chartLeft)

const minute = 60
const hour = 3600
const day = 86_400
const distances = [1, 2, 5, 10, 15, 30, minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute]
  .concat([hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour])
  .concat([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((days) => days * day))

const mostTicks = 8

/** Seconds at which the axis has a label: at most eight, at round times. */
export function ticksOf(endSeconds: number): readonly number[] {
  const distance = distances.find((one) => endSeconds / one <= mostTicks) ?? endSeconds
  return Array.from({ length: mostTicks + 1 }, (_, index) => index * distance).filter((tick) => tick <= endSeconds)
}

/** `90s`, `5m`, `1h30m`, `2d`: short, without parts that are zero. */
export function tickText(seconds: number): string {
  const parts = [
    [Math.floor(seconds / day), 'd'],
    [Math.floor(seconds / hour) % 24, 'h'],
    [Math.floor(seconds / minute) % 60, 'm'],
    [Math.floor(seconds % minute), 's'],
  ] as const
  const shown = parts.filter(([value]) => value > 0).map(([value, unit]) => `${value}${unit}`)
  return shown.length === 0 ? '0' : shown.slice(0, 2).join('')
}

/** Vertical lines behind everything, and their labels below. */
export function axisOf(endSeconds: number, place: Place, top: number, bottom: number): readonly string[] {
  return ticksOf(endSeconds).flatMap((tick) => {
    const x = place(tick)
    const anchor = x > chartRight - 16 ? 'end' : tick === 0 ? 'start' : 'middle'
    return [
      element('line', { class: 'grid', x1: x, x2: x, y1: top, y2: bottom + 4 }),
      textElement({ class: 'soft', x, y: bottom + 18, 'text-anchor': anchor }, tickText(tick)),
    ]
  })
}
