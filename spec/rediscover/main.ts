import { fork } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deserialize, serialize } from 'node:v8'
import type { ControllerVersion } from '../../src/model/controllerVersion'
import type { Found, Sighting, Start } from './found'
import { foundText, page, regression, sureOnes } from './page'
import { madeSmaller, searchOnce } from './searchOnce'

// npm run rediscover: from cold starts, made-up Rollouts in made-up worlds find public reports of outages again.
//   --seconds 60    processor time of each search, one core each
//   --starts v1.7:1,v1.9:1   the searches: controller and seed
//   --jobs 2        searches at a time
//   --keep FILE     what searches met is kept there, and what is there already is not done again
//   --save          rewrites docs/internals/rediscovered.md and the files of spec/regressions/rediscovered

const argument = (name: string, byDefault: string): string => {
  const index = process.argv.indexOf(`--${name}`)
  return index < 0 ? byDefault : (process.argv[index + 1] ?? byDefault)
}

const defaultStarts = 'v1.7:1,v1.9:1,v1.7:20000,v1.9:20000,v1.7:40000,v1.9:40000'
const seconds = Number(argument('seconds', '60'))
const jobs = Number(argument('jobs', '2'))
const startsOf = (text: string): readonly Start[] =>
  text.split(',').map((one) => {
    const [controller, seed] = one.split(':')
    return { controller: controller as ControllerVersion, seed: Number(seed) }
  })

/** What a child process with these words tells. */
const inProcess = <T>(words: readonly string[], question?: unknown): Promise<readonly T[]> =>
  new Promise((resolve) => {
    const told: T[] = []
    const child = fork(fileURLToPath(import.meta.url), words, { execArgv: process.execArgv, serialization: 'advanced' })
    child.on('message', (one) => told.push(one as T))
    child.on('exit', () => resolve(told))
    if (question !== undefined) child.send(question as Sighting)
  })

const kept = argument('keep', '')
const readKept = <T>(file: string): Record<string, readonly T[]> =>
  kept && existsSync(file) ? (deserialize(readFileSync(file)) as Record<string, readonly T[]>) : {}
const met = readKept<Sighting>(kept)
const madeSmallerBefore = readKept<Found>(`${kept}.smaller`)

/** A search in a process of its own, which is a cold start. */
async function searched({ controller, seed }: Start): Promise<readonly Sighting[]> {
  const known = met[`${controller}:${seed}`]
  if (known) return known
  const sightings = await inProcess<Sighting>(['--one', `${controller}:${seed}`, '--seconds', String(seconds)])
  const names = sightings.map(({ row, invariant, seconds: at }) => `${row ?? invariant} after ${at.toFixed(1)} s`)
  console.log(`${controller} from seed ${seed}: ${names.join(', ')}`)
  met[`${controller}:${seed}`] = sightings
  if (kept) writeFileSync(kept, serialize(met))
  return sightings
}

async function shrunk(sighting: Sighting): Promise<readonly Found[]> {
  const kind = `${sighting.row ?? sighting.invariant}`
  const known = madeSmallerBefore[kind]
  if (known) return known
  const found = (await inProcess<Found>(['--smaller'], sighting)).filter((one) => one !== undefined)
  for (const one of found) console.log(foundText(one))
  madeSmallerBefore[kind] = found
  if (kept) writeFileSync(`${kept}.smaller`, serialize(madeSmallerBefore))
  return found
}

/** Some at a time. */
async function each<T, U>(items: readonly T[], make: (item: T) => Promise<readonly U[]>): Promise<readonly U[]> {
  const [waiting, all] = [[...items], [] as U[]]
  const work = async (): Promise<void> => {
    for (let item = waiting.shift(); item; item = waiting.shift()) all.push(...(await make(item)))
  }
  await Promise.all(Array.from({ length: jobs }, work))
  return all
}

/** The one of each kind that was found in the shortest time. */
function firstOfEach(
  all: readonly Sighting[],
  kindOf: (one: Sighting) => string | number | undefined,
): readonly Sighting[] {
  const first = new Map<string | number, Sighting>()
  for (const one of [...all].sort((left, right) => left.seconds - right.seconds)) {
    const kind = kindOf(one)
    if (kind !== undefined && !first.has(kind)) first.set(kind, one)
  }
  return [...first.values()]
}

const isNotANumber = (item: unknown): boolean =>
  Number.isNaN(typeof item === 'object' && item !== null && 'value' in item ? item.value : item)

async function main(): Promise<void> {
  const starts = startsOf(argument('starts', defaultStarts))
  const all = await each(starts, searched)
  const sightings = [
    ...firstOfEach(all, ({ row }) => row),
    ...firstOfEach(all, ({ row, invariant }) => (row === undefined ? invariant : undefined)),
  ]
  const found = await each(sightings, shrunk)
  const byRow = (left: Found, right: Found): number => (left.row ?? 0) - (right.row ?? 0)
  const rows = found.filter(({ row }) => row !== undefined).sort(byRow)
  const findings = found.filter(({ row }) => row === undefined)
  if (process.argv.includes('--save')) {
    const folder = 'spec/regressions/rediscovered'
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    // Not a number has no form in a file.
    const saved = rows.filter(({ scenario }) => !Object.values(scenario.series).flat().some(isNotANumber))
    for (const one of saved) writeFileSync(join(folder, `row-${one.row}.yaml`), regression(one))
    writeFileSync('docs/internals/rediscovered.md', page(rows, findings, { seconds, starts }))
  }
  console.log(`rediscovered ${sureOnes(rows).length}`)
}

const tell = (message: unknown): void => {
  process.send?.(message)
}
const [one] = startsOf(argument('one', ':'))
if (process.argv.includes('--one') && one) searchOnce(one, seconds, tell)
else if (process.argv.includes('--smaller'))
  process.once('message', (sighting) => {
    process.send?.(madeSmaller(sighting as Sighting), undefined, undefined, () => process.disconnect())
  })
else await main()
