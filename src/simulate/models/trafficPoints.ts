import { readCsv } from '../../input/series/seriesCsv'
import { givenText } from '../../model/given'
import type { Issue } from '../../model/issue'
import { parseTime } from '../../model/time'

/** A line of a recorded load. */
export interface TrafficPoint {
  readonly atSeconds: number
  readonly requestsPerSecond: number
}

const loadNames = ['requestspersecond', 'rps', 'requests']
const secondNames = ['atseconds', 'second', 'seconds']

/** The points of a recorded load, and the rows that are none. */
export function trafficPoints(given: string): {
  readonly points: readonly TrafficPoint[]
  readonly issues: readonly Issue[]
} {
  const read = readCsv(givenText(given))
  if (!('rows' in read)) return { points: [], issues: [wrong(read.line, read.problem)] }
  const [head, ...rows] = read.rows
  const names = (head?.cells ?? []).map((cell) => cell.toLowerCase())
  const column = (wanted: readonly string[]): number => names.findIndex((name) => wanted.includes(name))
  const [load, second, time] = [column(loadNames), column(secondNames), column(['time'])]
  if (load < 0 || (second < 0 && time < 0)) {
    const message = 'the first line names the columns: requestsPerSecond, and atSeconds or time'
    return { points: [], issues: [wrong(head?.line ?? 1, message)] }
  }
  const issues: Issue[] = []
  const first = parseTime(rows[0]?.cells[time]) ?? 0
  const points = rows.flatMap(({ line, cells }) => {
    const moment = second < 0 ? (parseTime(cells[time]) ?? Number.NaN) - first : numberOf(cells[second])
    const point = { atSeconds: moment, requestsPerSecond: numberOf(cells[load]) }
    if (Number.isFinite(point.atSeconds) && Number.isFinite(point.requestsPerSecond)) return [point]
    issues.push(wrong(line, 'expected a time and a number of requests: the row was left out'))
    return []
  })
  return { points, issues }
}

const numberOf = (cell: string | undefined): number => (cell === undefined || cell === '' ? Number.NaN : Number(cell))

const wrong = (line: number, message: string): Issue => ({ code: 'wrong-value', path: `line ${line}`, line, message })
