import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { excused } from './excused'
import { applyMutant, findMutants, type Mutant } from './findMutants'
import { mutatedFiles } from './mutatedFiles'
import { withProbes } from './probe'
import { type Fate, keyOf, readProgress, sampleOf, writeProgress } from './progress'
import {
  failedRecording,
  failsStories,
  openWorkshops,
  putSource,
  root,
  type Workshop,
  type Workshops,
} from './workshop'

// npm run mutants -- [--sample N] [--seed N] [--state FILE] [--minutes N] [--stories no] [--file TEXT] [--name TEXT] [--workers N]:
// puts one mistake after the other into scale and weight maths. Recorded reconciles or stories have to notice each; 1 is the exit
// code where one lives and is not excused. A sample is the same for the same seed. With a state file it goes on where it ended.

/** Texts as they were at the beginning: what somebody edits meanwhile does not move a mutant. */
type Texts = ReadonlyMap<string, string>

function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}

/**
 * One pass over all recordings with probes for all mutants: for each mutant the cases in which its expression has another value.
 * The others need not be asked. Ends with a text where the recordings fail without any mutant.
 */
async function reachOf(
  mutants: readonly Mutant[],
  texts: Texts,
  { folder, workshops, cases }: Workshops,
): Promise<number[][] | string> {
  const numbers = new Map(
    mutants.map(({ file, start, replacement }, number) => [`${file} ${start} ${replacement}`, number]),
  )
  const files = [...new Set(mutants.map(({ file }) => file))]
  const pass = async (workshop: Workshop, index: number): Promise<number[][] | string> => {
    const numberOf = (file: string) => (start: number, replacement: string) =>
      numbers.get(`${file} ${start} ${replacement}`) ?? -1
    for (const file of files) putSource(workshop, file, withProbes(file, texts.get(file) ?? '', numberOf(file)))
    const report = join(folder, `reach-${index}.json`)
    const own = cases.map((_, number) => number).filter((number) => number % workshops.length === index)
    const failed = await failedRecording(workshop, own, report)
    for (const file of files) putSource(workshop, file, texts.get(file) ?? '')
    if (failed !== undefined) return `${typeof failed === 'number' ? cases[failed] : failed}`
    const reached = JSON.parse(readFileSync(report, 'utf8')) as Record<number, number[]>
    return mutants.map((_, number) => reached[number] ?? [])
  }
  const parts = await Promise.all(workshops.map(pass))
  const broken = parts.find((part) => typeof part === 'string')
  if (typeof broken === 'string') return broken
  return mutants.map((_, number) => parts.flatMap((part) => (typeof part === 'string' ? [] : (part[number] ?? []))))
}

/** Those that noticed other mutants first, the latest before the others; the rest spread, as neighbours are alike. */
function inTurn(cases: readonly number[], killers: readonly number[]): number[] {
  const rank = new Map(killers.map((number, at) => [number, at]))
  const spread = (number: number): number => (number * 7919) % 10007
  return [...cases].sort(
    (left, right) => (rank.get(right) ?? -1) - (rank.get(left) ?? -1) || spread(left) - spread(right),
  )
}

interface Judged {
  readonly mutants: readonly Mutant[]
  readonly texts: Texts
  readonly reach: readonly (readonly number[])[]
  /** Those that are known already. */
  readonly known: readonly Fate[]
  readonly withStories: boolean
  readonly isOver: () => boolean
  readonly noted: (fates: readonly Fate[]) => void
}

async function judgeAll(
  { mutants, texts, reach, known, withStories, isOver, noted }: Judged,
  shared: Workshops,
): Promise<readonly Fate[]> {
  const done = new Set(known.map(({ file, name }) => `${file} ${name}`))
  const waiting = mutants
    .map((mutant, number) => ({ mutant, cases: reach[number] ?? [] }))
    .filter(({ mutant: { file, name } }) => !done.has(`${file} ${name}`))
    .sort((left, right) => left.cases.length - right.cases.length)
  const killers: number[] = []
  const fates = [...known]
  const work = async (workshop: Workshop): Promise<void> => {
    for (let next = waiting.shift(); next && !isOver(); next = waiting.shift()) {
      const { mutant, cases } = next
      const original = texts.get(mutant.file) ?? ''
      putSource(workshop, mutant.file, applyMutant(original, mutant))
      const failed = await failedRecording(workshop, inTurn(cases, killers))
      if (typeof failed === 'number')
        killers.splice(0, killers.length, ...killers.filter((one) => one !== failed), failed)
      const byStory = failed === undefined && withStories && (await failsStories(workshop, mutant.file))
      const recording = typeof failed === 'number' ? shared.cases[failed] : failed
      putSource(workshop, mutant.file, original)
      const killer = recording ?? (byStory ? story : undefined)
      const { file, name } = mutant
      fates.push({ file, name, reach: cases.length, ...(killer !== undefined && { killer }) })
      noted(fates)
      tell(mutant, killer, cases.length, `${fates.length}/${mutants.length}`)
    }
  }
  await Promise.all(shared.workshops.map(work))
  return fates
}

const story = 'a story'

function tell({ file, line, name }: Mutant, killer: string | undefined, reach: number, progress: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r${progress} ` : `${progress} ${killer ?? 'lives'}\n`)
  if (killer === undefined) console.log(`lives (differs in ${reach} recordings): ${file}:${line} ${name}`)
}

function report(fates: readonly Fate[], all: number, seed: number | undefined): number {
  const isExcused = ({ file, name }: Fate): boolean => excused.some((one) => one.file === file && one.name === name)
  const living = fates.filter(({ killer }) => killer === undefined)
  const unexplained = living.filter((fate) => !isExcused(fate))
  const wronged = fates.filter((fate) => fate.killer !== undefined && isExcused(fate))
  for (const { file, name, killer } of wronged) console.log(`excused, but noticed by ${killer}: ${file} ${name}`)
  const stories = fates.filter(({ killer }) => killer === story).length
  const noticed = fates.length - living.length
  const share = Math.round((noticed / Math.max(1, fates.length)) * 1000) / 10
  console.log(
    `${fates.length} of ${all} mutants${seed === undefined ? '' : `, a sample of seed ${seed}`}: ${noticed - stories} noticed by ` +
      `recordings, ${stories} by stories (${share} %), ${living.length - unexplained.length} excused, ${unexplained.length} unexplained`,
  )
  return unexplained.length + wronged.length > 0 ? 1 : 0
}

async function main(): Promise<number> {
  const [wantedFile, wantedName] = [option('file') ?? '', option('name') ?? '']
  const files = mutatedFiles((folder) => readdirSync(join(root, folder))).filter((file) => file.includes(wantedFile))
  const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))
  const all = [...texts].flatMap(([file, text]) => findMutants(file, text))
  const named = all.filter(({ name }) => name.includes(wantedName))
  const [sample, seed, state] = [option('sample'), Number(option('seed') ?? 1), option('state')]
  const mutants = sample === undefined ? named : sampleOf(named, Number(sample), seed)
  const deadline = Date.now() + Number(option('minutes') ?? 1e6) * 60_000
  const key = keyOf(mutants, texts)
  const before = readProgress(state, key)
  const withStories = option('stories') !== 'no'
  const shared = openWorkshops(Number(option('workers') ?? availableParallelism()))
  try {
    const reach = before.reach ?? (await reachOf(mutants, texts, shared))
    const [first] = shared.workshops
    const fails = first && withStories && !before.reach && (await failsStories(first, 'src/rollout/canary.ts'))
    const broken = typeof reach === 'string' ? reach : fails ? story : undefined
    if (broken !== undefined || typeof reach === 'string') {
      console.log(`without any mutant, this fails already: ${broken}`)
      return 1
    }
    const noted = (fates: readonly Fate[]): void => writeProgress(state, { key, reach, fates })
    noted(before.fates)
    const isOver = (): boolean => Date.now() > deadline
    const fates = await judgeAll({ mutants, texts, reach, known: before.fates, withStories, isOver, noted }, shared)
    return report(fates, named.length, sample === undefined ? undefined : seed)
  } finally {
    rmSync(shared.folder, { recursive: true, force: true })
  }
}

process.exitCode = await main()
