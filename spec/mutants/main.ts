import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { type BundleName, bundle, judgedFamilies, mutatedFiles, root, type Texts, worker } from './bundle'
import { refusedByCompiler } from './compiler'
import { findMutants, type Mutant } from './findMutants'
import type { Plan, PlannedMutant } from './plan'
import { keyOf, openState, readFates, sampleOf } from './progress'
import { recordedFamilies } from './recordings'
import { report } from './report'
import { supervise } from './supervise'

// npm run mutants -- [--sample N] [--seed N] [--state FOLDER] [--minutes N] [--file TEXT] [--name TEXT] [--again yes] [--patience MS]
// [--every N]:
// every small mistake in the reducers, one at a time, has to be noticed by a recording or a story; docs/internals/testing.md.

function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}

interface Numbered {
  readonly texts: Texts
  readonly mutants: readonly Mutant[]
  readonly firsts: ReadonlyMap<string, number>
  readonly planned: readonly PlannedMutant[]
}

function numbered(): Numbered {
  const texts = new Map(mutatedFiles().map((file) => [file, readFileSync(join(root, file), 'utf8')]))
  const firsts = new Map<string, number>()
  const mutants: Mutant[] = []
  const planned: PlannedMutant[] = []
  for (const [file, text] of texts) {
    const found = findMutants(file, text)
    const firstOfFile = mutants.length + 1
    firsts.set(file, firstOfFile)
    mutants.push(...found)
    planned.push(...found.map(({ isStatic }) => ({ isStatic, firstOfFile, lastOfFile: mutants.length })))
  }
  return { texts, mutants, firsts, planned }
}

async function writeBundles(folder: string, { texts, firsts }: Numbered): Promise<void> {
  writeFileSync(join(folder, 'worker.cjs'), worker())
  for (const name of ['recordings', 'stories'] as const satisfies readonly BundleName[]) {
    for (const mode of ['probes', 'switches'] as const) {
      const file = join(folder, `${name}-${mode}.cjs`)
      if (!existsSync(file)) writeFileSync(file, await bundle(name, mode, texts, firsts))
    }
  }
}

/** Places in the order of the sample; all where none is wanted. */
function wantedOf(mutants: readonly Mutant[]): ReadonlySet<number> {
  const [file, name, sample] = [option('file') ?? '', option('name') ?? '', option('sample')]
  const places = sample === undefined ? mutants.keys() : sampleOf(mutants, Number(sample), Number(option('seed') ?? 1))
  return new Set([...places].filter((at) => mutants[at]?.file.includes(file) && mutants[at]?.name.includes(name)))
}

const mostIdleRounds = 5

async function main(): Promise<number> {
  const folder = join(root, option('state') ?? '.cache/mutants')
  const all = numbered()
  const every = Number(option('every') ?? 1)
  const end = Date.now() + Number(option('minutes') ?? 1e6) * 60_000
  openState(folder, `${keyOf(all.mutants, all.texts)} ${every}`)
  await writeBundles(folder, all)
  const wanted = wantedOf(all.mutants)
  const families = recordedFamilies(judgedFamilies())
  let idleRounds = 0
  for (;;) {
    const fates = readFates(folder).filter(
      ({ at, killer }) => option('again') !== 'yes' || killer !== undefined || !wanted.has(at),
    )
    const known = new Set(fates.map(({ at }) => at))
    const done = [...all.mutants.keys()].filter((at) => known.has(at) || !wanted.has(at))
    const patienceMilliseconds = Number(option('patience') ?? 1000)
    const plan: Plan = { mutants: all.planned, families, done, every, patienceMilliseconds }
    writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan))
    const { isWhole, isIdle, failed } = await supervise(folder, end)
    idleRounds = isIdle ? idleRounds + 1 : 0
    for (const one of failed) console.log(`without any mutant, this fails already, and is not asked: ${one}`)
    if (isWhole) break
    // On a busy machine loading alone may take longer than the watchdog waits.
    if (idleRounds >= mostIdleRounds) throw new Error('the worker ended again and again before it tried a mutant')
  }
  const fates = readFates(folder).filter(({ at }) => wanted.has(at))
  const refused = Date.now() < end ? refusedByCompiler(folder, all.mutants, fates, end) : new Set<number>()
  return report({ mutants: all.mutants, fates, refused, wanted: wanted.size })
}

process.exitCode = await main()
