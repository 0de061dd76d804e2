import type { Issue } from '../../model/issue'
import { isJsonObject } from '../../model/json'
import { isMeasuredPhase, measuredPhases, type SeriesItem, type SeriesPoint } from '../../model/series'
import type { AnswerReader } from '../answers/answer'
import { answerReader } from '../answers/answers'
import { describe } from '../explain'
import type { Limits } from '../limits'
import { type FieldPath, lineFinder, offsetOf, pathText, type ReadDocument } from '../places'
import { readText } from '../text/readText'
import { isTimeName, pointOfWord } from './seriesCells'
import { entriesOfRow, type SeriesEntry, seriesIssue } from './seriesEntries'
import type { ReadEntries } from './seriesTable'

/** What texts are about that name no metric, and how far back a measurement of it looks. */
export interface ReadingOptions {
  readonly onlyMetric: string | undefined
  readonly windowSeconds: number | undefined
}

/** No recording of a metrics server has as many; each takes some 200 bytes. */
const mostMeasurements = 500_000

/** What is being read, and where it stands. */
interface Reading {
  readonly document: ReadDocument
  readonly lineOf: (offset: number) => number
  readonly options: ReadingOptions
  readonly entries: SeriesEntry[]
  readonly issues: Issue[]
}

/**
 * The measurements of a text in JSON or YAML: an object with a list for each metric; a list of rows, or several
 * documents that are a row each; with `onlyMetric` a bare list, or the answer of a Prometheus server, too.
 */
export function readSeriesData(text: string, limits: Limits, options: ReadingOptions): ReadEntries {
  const lineOf = lineFinder(text)
  const { documents, unfinished } = readText(text, limits)
  const issues: Issue[] = []
  const entries: SeriesEntry[] = []
  for (const document of documents) {
    const place = (path: FieldPath): number => lineOf(offsetOf(document, path))
    for (const { message, path, severity, offset } of document.findings) {
      const line = offset === undefined ? place(path) : lineOf(offset)
      issues.push({ ...seriesIssue('series-syntax', message, pathText(path), line), ...(severity ? { severity } : {}) })
    }
  }
  if (unfinished) issues.push(seriesIssue('series-syntax', unfinished.message, '', lineOf(unfinished.offset ?? 0)))
  const isSound = issues.every(({ severity }) => severity === 'warning')
  const isRows = documents.length > 1 || isRow(documents[0]?.value)
  let isTimed = false
  for (const document of isSound ? documents : []) {
    const reading: Reading = { document, lineOf, options, entries, issues }
    if (isRows) isTimed = readRow(reading, document.value, []) || isTimed
    else isTimed = readWhole(reading) || isTimed
  }
  return { entries, isTimed, issues }
}

/** One object without any list is one row. */
const isRow = (value: unknown): boolean =>
  isJsonObject(value) &&
  Object.keys(value).length > 0 &&
  !answerReader(value) &&
  Object.values(value).every((item) => typeof item !== 'object' || item === null)

const lineAt = ({ document, lineOf }: Reading, path: FieldPath): number => lineOf(offsetOf(document, path))

const complain = (reading: Reading, code: string, message: string, path: FieldPath): void => {
  reading.issues.push(seriesIssue(code, message, pathText(path), lineAt(reading, path)))
}

/** Whether every measurement has to have a time. */
function readWhole(reading: Reading): boolean {
  const { document, options } = reading
  const { value } = document
  const answer = answerReader(value)
  if (answer) return readAnswer(reading, answer)
  if (Array.isArray(value)) return readList(reading, value, options.onlyMetric)
  if (!isJsonObject(value)) {
    const message = `expected an object with a list for each metric, or a list of rows, got ${describe(value)}`
    complain(reading, 'series-syntax', message, [])
    return false
  }
  for (const [metric, items] of Object.entries(value)) {
    if (Array.isArray(items)) readItems(reading, items, metric, [metric])
    else complain(reading, 'series-value', `expected a list of measurements, got ${describe(items)}`, [metric])
  }
  return false
}

function readAnswer(reading: Reading, { server, read }: AnswerReader): boolean {
  const { onlyMetric: metric, windowSeconds } = reading.options
  if (metric === undefined) {
    complain(reading, 'series-syntax', `this is an answer of ${server}: say which metric it belongs to`, [])
    return false
  }
  const found = read(reading.document.value, windowSeconds)
  if ('problem' in found) {
    complain(reading, 'series-syntax', found.problem, found.path)
    return false
  }
  for (const { time, value, path, forever } of found.points) {
    const item = forever ? { value, forever } : { value }
    reading.entries.push({ metric, time, item, path: pathText(path), line: lineAt(reading, path) })
  }
  return found.points.some(({ time }) => time !== undefined)
}

/** Rows, or the measurements of the only metric. */
function readList(reading: Reading, list: readonly unknown[], onlyMetric: string | undefined): boolean {
  const isRows = list.length > 0 && list.every((item) => isJsonObject(item) && !isPoint(item))
  if (onlyMetric !== undefined && !isRows) {
    readItems(reading, list, onlyMetric, [])
    return false
  }
  let isTimed = false
  for (const [index, row] of list.entries()) isTimed = readRow(reading, row, [index]) || isTimed
  return isTimed
}

function readRow(reading: Reading, row: unknown, path: FieldPath): boolean {
  if (!isJsonObject(row)) {
    complain(reading, 'series-syntax', `expected a row, an object with columns as keys, got ${describe(row)}`, path)
    return false
  }
  const cells = new Map<string, SeriesPoint>()
  let time: unknown
  let isTimed = false
  for (const [name, value] of Object.entries(row)) {
    if (isTimeName(name)) {
      isTimed = true
      time = value
    } else if (name === 'metric' || name === 'error') cells.set(name, { value })
    else {
      const point = readItem(reading, value, [...path, name])
      if (point) cells.set(name, point)
    }
  }
  const line = lineAt(reading, path)
  reading.entries.push(...entriesOfRow({ cells, time, path: pathText(path), line }, reading.options.onlyMetric))
  return isTimed
}

function readItems(reading: Reading, items: readonly unknown[], metric: string, path: FieldPath): void {
  for (const [index, given] of items.entries()) {
    const place = [...path, index]
    const item = readItem(reading, given, place)
    if (!item) continue
    if (reading.entries.length >= mostMeasurements) {
      complain(
        reading,
        'series-syntax',
        `there are more than ${mostMeasurements} measurements: the rest was not read`,
        place,
      )
      return
    }
    const time =
      isJsonObject(given) && isPoint(given) ? Object.entries(given).find(([key]) => isTimeName(key)) : undefined
    const line = lineAt(reading, place)
    reading.entries.push({ metric, time: time?.[1], item: bare(item), path: pathText(place), line })
  }
}

/** A point that is nothing but a value is written as that value, unless it would be taken for something else. */
function bare(point: SeriesPoint): SeriesItem {
  const { value } = point
  const isPlain = Object.keys(point).length === 1 && 'value' in point && !isJsonObject(value) && !isMeasuredPhase(value)
  return isPlain ? (value as SeriesItem) : point
}

const pointKeys: readonly string[] = ['value', 'error', 'phase']

/** An object with these keys only is a point; any other is a result. */
const isPoint = (item: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(item).every((key) => pointKeys.includes(key) || isTimeName(key)) &&
  pointKeys.some((key) => Object.hasOwn(item, key))

function readItem(reading: Reading, item: unknown, path: FieldPath): SeriesPoint | undefined {
  if (typeof item === 'string') return pointOfWord(item) ?? { value: item }
  if (!isJsonObject(item) || !isPoint(item)) return { value: item }
  const { value, error, phase } = item
  if (error !== undefined) return { error: String(error) }
  if (phase === undefined) return typeof value === 'string' ? (infinite(value) ?? { value }) : { value }
  if (isMeasuredPhase(phase)) return value === undefined ? { phase } : { phase, value }
  const message = `${JSON.stringify(phase)} is no phase of a measurement: write ${measuredPhases.join(', ')}`
  complain(reading, 'series-value', message, [...path, 'phase'])
  return undefined
}

/** Numbers that JSON cannot write; instead of a value phases and errors are texts like others. */
function infinite(text: string): SeriesPoint | undefined {
  const point = pointOfWord(text)
  return typeof point?.value === 'number' ? point : undefined
}
