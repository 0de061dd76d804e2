import { fork } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deserialize, serialize } from 'node:v8'
import type { ControllerVersion } from '../../src/model/controllerVersion'
import type { Found, Sighting, Start } from './found'
import { foundText, page, regression, sureOnes } from './page'
import { searches } from './searches'
import { madeSmaller, type Progress, searchOnce } from './searchOnce'

// npm run rediscover: from cold starts, made-up Rollouts in made-up worlds find public reports of outages again. Runs
// the searches of searches.ts, each until it has met its rows.
//   --search v1.7:1,v1.9:1   an open search instead: controller and seed of each; it goes on until its time is over
//   --seconds 60    processor time of each search, one core each
//   --jobs 1        searches at a time
//   --keep FOLDER   what searches met is kept there: an interrupted run goes on, and what is done is not done again
//   --save          makes what was met smaller, and rewrites docs/internals/rediscovered.md and the files of
//                   spec/regressions/rediscovered

const argument = (name: string, byDefault: string): string => {
  const index = process.argv.indexOf(`--${name}`)
  return index < 0 ? byDefault : (process.argv[index + 1] ?? byDefault)
}

const seconds = Number(argument('seconds', '60'))
const jobs = Number(argument('jobs', '1'))
const startsOf = (text: string): readonly Start[] =>
  text.split(',').map((one) => {
    const [controller, seed] = one.split(':')
    return { controller: controller as ControllerVersion, seed: Number(seed) }
  })

/** A search has one core: its memory is cleaned up by its own thread, and seldom. */
const oneCore = ['--single-threaded-gc', '--max-semi-space-size=64']

/** What a child process with these words tells. */
const inProcess = <T>(words: readonly string[], question: unknown, hear: (told: T) => void): Promise<void> =>
  new Promise((resolve) => {
    const child = fork(fileURLToPath(import.meta.url), words, {
      execArgv: [...process.execArgv, ...oneCore],
      serialization: 'advanced',
    })
    child.on('message', (one) => hear(one as T))
    child.on('exit', () => resolve())
    child.send(question as Sighting)
  })

const folder = argument('keep', '')
if (folder) mkdirSync(folder, { recursive: true })

/** What an earlier run left. */
function readKept<T>(name: string): T | undefined {
  const file = join(folder, name)
  return folder && existsSync(file) ? (deserialize(readFileSync(file)) as T) : undefined
}

function keep(name: string, value: unknown): void {
  if (!folder) return
  const file = join(folder, name)
  writeFileSync(`${file}.new`, serialize(value))
  renameSync(`${file}.new`, file)
}

/** Searches that were interrupted. */
const unfinished: string[] = []

/** A search in a process of its own, which is a cold start. */
async function searched(start: Start): Promise<readonly Sighting[]> {
  const name = `${start.controller}-${start.seed}`
  let progress = readKept<Progress>(name)
  const told = new Set<Sighting>()
  const tell = ({ sightings = [] }: Partial<Progress> = {}): void => {
    for (const one of sightings.slice(told.size)) {
      told.add(one)
      console.log(
        `${name}: ${one.row === undefined ? one.invariant : `row ${one.row}`} after ${one.seconds.toFixed(1)} s`,
      )
    }
  }
  tell(progress)
  if (!progress?.isOver)
    await inProcess<Progress>(['--one', '--seconds', String(seconds)], { start, progress }, (next) => {
      progress = next
      keep(name, next)
      tell(next)
    })
  if (!progress?.isOver) unfinished.push(name)
  for (const row of start.rows ?? [])
    if (!progress?.sightings.some((one) => one.row === row)) console.log(`${name}: row ${row} was not met`)
  return progress?.sightings ?? []
}

/** The smallest run of what was met. */
async function shrunk(sighting: Sighting): Promise<readonly Found[]> {
  const name = `smaller-${sighting.controller}-${sighting.seed}-${sighting.row ?? sighting.invariant}`
  let found = readKept<Found>(name)
  if (!found)
    await inProcess<Found | undefined>(['--smaller'], sighting, (one) => {
      found = one
      if (one) keep(name, one)
    })
  if (found) console.log(foundText(found))
  return found ? [found] : []
}

/** Some at a time; the results are in the order of the items. */
async function each<T, U>(items: readonly T[], make: (item: T) => Promise<readonly U[]>): Promise<readonly U[]> {
  const results: (readonly U[])[] = []
  let next = 0
  const work = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) results[at] = await make(items[at]!)
  }
  await Promise.all(Array.from({ length: jobs }, work))
  return results.flat()
}

/** The one of each kind in the first search that met it: how quick a search is says nothing about which one counts. */
function firstOfEach(
  all: readonly Sighting[],
  kindOf: (one: Sighting) => string | number | undefined,
): readonly Sighting[] {
  const first = new Map<string | number, Sighting>()
  for (const one of all) {
    const kind = kindOf(one)
    if (kind !== undefined && !first.has(kind)) first.set(kind, one)
  }
  return [...first.values()]
}

const isNotANumber = (item: unknown): boolean =>
  Number.isNaN(typeof item === 'object' && item !== null && 'value' in item ? item.value : item)

async function main(): Promise<void> {
  const open = argument('search', '')
  const starts = open ? startsOf(open) : searches
  const all = await each(starts, searched)
  if (unfinished.length > 0) {
    console.log(
      `not finished: ${unfinished.join(', ')}; the same command goes on${folder ? '' : ' with --keep FOLDER'}`,
    )
    process.exit(1)
  }
  const sightings = [
    ...firstOfEach(all, ({ row }) => row),
    ...firstOfEach(all, ({ row, invariant }) => (row === undefined ? invariant : undefined)),
  ]
  if (process.argv.includes('--save')) save(await each(sightings, shrunk), starts)
  const rows = [...new Set(sightings.flatMap(({ row }) => row ?? []))].sort((left, right) => left - right)
  console.log(`rows ${rows.join(', ')}`)
  console.log(`rediscovered ${sureOnes(sightings).length}`)
}

/** The page and the files of the rows. */
function save(found: readonly Found[], starts: readonly Start[]): void {
  const byRow = (left: Found, right: Found): number => (left.row ?? 0) - (right.row ?? 0)
  const rows = found.filter(({ row }) => row !== undefined).sort(byRow)
  const findings = found.filter(({ row }) => row === undefined)
  const folder = 'spec/regressions/rediscovered'
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  // Not a number has no form in a file.
  const saved = rows.filter(({ scenario }) => !Object.values(scenario.series).flat().some(isNotANumber))
  for (const one of saved) writeFileSync(join(folder, `row-${one.row}.yaml`), regression(one))
  writeFileSync('docs/internals/rediscovered.md', page(rows, findings, { seconds, starts }))
}

/** Waits until the parent has it; without a parent there is nobody to work for. */
const tell = (message: unknown): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(message, undefined, undefined, (error) => (error ? process.exit(1) : resolve()))
  })

/** What a child process is asked. */
const asked = <T>(): Promise<T> => new Promise((resolve) => process.once('message', (message) => resolve(message as T)))

if (process.argv.includes('--one')) {
  const { start, progress } = await asked<{ readonly start: Start; readonly progress: Progress | undefined }>()
  await searchOnce(start, { mostSeconds: seconds, progress, save: tell })
  process.disconnect()
} else if (process.argv.includes('--smaller')) {
  await tell(madeSmaller(await asked<Sighting>()))
  process.disconnect()
} else await main()
