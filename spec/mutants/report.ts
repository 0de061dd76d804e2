import { excused } from './excused'
import type { Mutant } from './findMutants'
import type { Fate } from './progress'

export interface Results {
  readonly mutants: readonly Mutant[]
  readonly fates: readonly Fate[]
  /** Places of those that do not compile. */
  readonly refused: ReadonlySet<number>
  /** How many were to be tried. */
  readonly wanted: number
}

/** Prints those that live, and the share that was noticed; 1 where the share of what is noticed or excused is below the goal. */
export function report({ mutants, fates, refused, wanted }: Results): number {
  const living = fates.filter(({ at, killer }) => killer === undefined && !refused.has(at))
  const isExcused = ({ at }: Fate): boolean =>
    excused.some(({ file, name }) => file === mutants[at]?.file && name === mutants[at]?.name)
  for (const fate of living.filter((one) => !isExcused(one))) {
    const { file = '', line = 0, name = '' } = mutants[fate.at] ?? {}
    console.log(`lives (${fate.asked} of ${fate.reach} asked): ${file}:${line} ${name}`)
  }
  for (const { at, killer } of fates.filter((one) => one.killer !== undefined && isExcused(one)))
    console.log(`excused, but noticed by ${killer}: ${mutants[at]?.file} ${mutants[at]?.name}`)
  table(mutants, fates, refused)
  const excusedCount = living.filter(isExcused).length
  const share = (fates.length - living.length) / Math.max(1, fates.length)
  const byStories = fates.filter(({ killer }) => killer?.startsWith('spec/')).length
  const compiler = fates.filter(({ at, killer }) => killer === undefined && refused.has(at)).length
  console.log(
    `${fates.length} of ${mutants.length} mutants (${wanted} wanted): ${percent(share)} noticed ` +
      `(${fates.length - living.length - byStories - compiler} by recordings, ${byStories} by stories, ${compiler} by the compiler); ` +
      `${living.length} live, ${excusedCount} of them excused` +
      (fates.length < mutants.length ? `; 95 % interval of the share: ${interval(share, fates.length)}` : ''),
  )
  return share < leastShare ? 1 : 0
}

export const leastShare = 0.85

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

/** Wilson's interval of a share that was found in a sample. */
export function interval(share: number, size: number): string {
  const z = 1.96
  const middle = (share + (z * z) / (2 * size)) / (1 + (z * z) / size)
  const half = (z / (1 + (z * z) / size)) * Math.sqrt((share * (1 - share)) / size + (z * z) / (4 * size * size))
  return `${percent(middle - half)} to ${percent(middle + half)}`
}

/** By folder and by kind: where gaps are. */
function table(mutants: readonly Mutant[], fates: readonly Fate[], refused: ReadonlySet<number>): void {
  const groups: readonly ((mutant: Mutant) => string)[] = [
    ({ file }) => file.split('/').slice(0, 3).join('/').replace(/\.ts$/, ''),
    ({ kind }) => kind,
  ]
  for (const groupOf of groups) {
    const counts = new Map<string, { all: number; living: number }>()
    for (const { at, killer } of fates) {
      const mutant = mutants[at]
      if (!mutant) continue
      const count = counts.get(groupOf(mutant)) ?? { all: 0, living: 0 }
      count.all++
      if (killer === undefined && !refused.has(at)) count.living++
      counts.set(groupOf(mutant), count)
    }
    for (const [name, { all, living }] of [...counts].sort())
      console.log(`  ${name.padEnd(40)} ${String(all).padStart(5)} ${percent(1 - living / all).padStart(8)}`)
  }
}
