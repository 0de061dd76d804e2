import type { SeriesPoint } from '../../model/series'
import type { Scenario } from '../scenario'

/** A point, and from when on it is measured. */
interface Timed {
  readonly atSeconds: number
  readonly point: SeriesPoint
}

/** What metrics measure: Successful at first and once the world is in order, and the given points between. */
export function seriesOf(
  series: Readonly<Record<string, readonly Timed[]>>,
  healedAtSeconds: number,
): Scenario['series'] {
  const points = ([metric, given]: [string, readonly Timed[]]): [string, readonly SeriesPoint[]] => [
    metric,
    [
      { atSeconds: 0, phase: 'Successful' },
      ...[...given].sort((left, right) => left.atSeconds - right.atSeconds).map(pointOf),
      { atSeconds: healedAtSeconds, phase: 'Successful' },
    ],
  ]
  return Object.fromEntries(Object.entries(series).map(points))
}

const pointOf = ({ atSeconds, point }: Timed): SeriesPoint => ({ ...point, atSeconds })
