import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { excused } from './excused'
import { applyMutant, findMutants } from './findMutants'
import { mutatedFiles } from './mutatedFiles'
import { probes, withProbes } from './probe'
import { keyOf, readProgress, sampleOf, writeProgress } from './progress'

// The tools of `npm run mutants`, checked with made-up code, and that what is excused is still there.

const root = fileURLToPath(new URL('../..', import.meta.url))
const files = mutatedFiles((folder) => readdirSync(join(root, folder)))
const readText = (file: string): string => readFileSync(join(root, file), 'utf8')

const code = `
const share = (pods: number, all: number): number => {
  let rest = all
  if (pods > 0 && pods <= all) rest -= Math.ceil((pods * 100) / all)
  return rest === all || rest % 2 !== 0 ? Math.min(rest, pods) + 1 : rest - 1
}
`

describe('mutants', () => {
  const mutants = findMutants('share.ts', code)

  test('are made of comparisons, arithmetic, logic, roundings and bounds, each with its line and a name that lasts', () => {
    expect(mutants.map(({ line, name }) => `${line} ${name.replace(/^share: /, '')}`)).toEqual([
      '4 pods > 0 && pods <= all -> pods > 0 || pods <= all',
      '4 pods > 0 -> pods >= 0',
      '4 pods > 0 -> pods <= 0',
      '4 pods <= all -> pods < all',
      '4 pods <= all -> pods > all',
      '4 rest -= Math.ceil((pods * 100) / all) -> rest += Math.ceil((pods * 100) / all)',
      '4 Math.ceil((pods * 100) / all) -> Math.floor((pods * 100) / all)',
      '4 (pods * 100) / all -> (pods * 100) * all',
      '4 pods * 100 -> pods / 100',
      '5 rest === all || rest % 2 !== 0 -> rest === all && rest % 2 !== 0',
      '5 rest === all -> rest !== all',
      '5 rest % 2 !== 0 -> rest % 2 === 0',
      '5 rest % 2 -> rest * 2',
      '5 Math.min(rest, pods) + 1 -> Math.min(rest, pods) - 1',
      '5 Math.min(rest, pods) -> Math.max(rest, pods)',
      '5 rest - 1 -> rest + 1',
    ])
  })

  test('differ from the code in one token', () => {
    const last = mutants.at(-1)
    expect(last && applyMutant(code, last)).toBe(code.replace('rest - 1', 'rest + 1'))
  })

  test('are told apart where the same mistake can be made twice, and leave text alone', () => {
    expect(findMutants('a.ts', "const twice = () => [a < b, a < b, 'a' + b]").map(({ name }) => name)).toEqual([
      'twice: a < b -> a <= b',
      'twice: a < b -> a >= b',
      'twice: a < b -> a <= b (2)',
      'twice: a < b -> a >= b (2)',
    ])
  })
})

describe('probes', () => {
  const mutants = findMutants('share.ts', code)
  const numberOf = (start: number, replacement: string): number =>
    mutants.findIndex((mutant) => mutant.start === start && mutant.replacement === replacement)

  type Share = (pods: number, all: number) => number
  const compiled = (text: string, probe: object): Share =>
    new Function('__probe', `${ts.transpile(text)}; return share`)(probe) as Share

  test('change nothing, and tell which mutants give another value', () => {
    const differing = new Set<number>()
    const share = compiled(code, {})
    const wrong = mutants.map((mutant) => compiled(applyMutant(code, mutant), {}))
    const probed = compiled(
      withProbes('share.ts', code, numberOf),
      probes((number) => differing.add(number)),
    )
    for (let pods = -1; pods < 6; pods++) {
      for (let all = 0; all < 6; all++) {
        differing.clear()
        expect(probed(pods, all)).toBe(share(pods, all))
        for (const [number, mutant] of mutants.entries()) {
          const isOther = !Object.is(wrong[number]?.(pods, all), share(pods, all))
          if (isOther) expect([...differing], `${pods}/${all} ${mutant.name}`).toContain(number)
        }
      }
    }
  })

  test('have a place for every mutant of the real files', () => {
    for (const file of files) {
      const text = readText(file)
      const missing = new Set(findMutants(file, text).map(({ start, replacement }) => `${start} ${replacement}`))
      withProbes(file, text, (start, replacement) => {
        missing.delete(`${start} ${replacement}`)
        return 0
      })
      expect([...missing], file).toEqual([])
    }
  })
})

describe('what is excused', () => {
  test('is there, once, and has a reason', () => {
    const names = files.flatMap((file) => findMutants(file, readText(file)).map(({ name }) => `${file} ${name}`))
    const listed = excused.map(({ file, name }) => `${file} ${name}`)
    expect(listed.filter((one) => !names.includes(one))).toEqual([])
    expect(new Set(listed).size).toBe(listed.length)
    for (const { why } of excused) expect(why.length).toBeGreaterThan(15)
  })
})

describe('samples', () => {
  const all = findMutants('share.ts', code)

  test('are the same for the same seed, in whatever order the mutants come, and larger ones have the smaller', () => {
    const names = (size: number, seed: number, mutants = all) => sampleOf(mutants, size, seed).map(({ name }) => name)
    expect(names(5, 1)).toEqual(names(5, 1, [...all].reverse()))
    expect(names(9, 1).slice(0, 5)).toEqual(names(5, 1))
    expect(names(5, 2)).not.toEqual(names(5, 1))
  })

  test('go on from what was noted, unless the sources are others', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-mutants-'))
    const file = join(folder, 'state.json')
    const key = keyOf(all, new Map([['share.ts', code]]))
    const noted = { key, reach: [[1]], fates: [{ file: 'share.ts', name: 'a', reach: 1, killer: 'x' }] }
    writeProgress(file, noted)
    expect(readProgress(file, key)).toEqual(noted)
    expect(readProgress(file, keyOf(all, new Map([['share.ts', `${code} `]]))).fates).toEqual([])
    rmSync(folder, { recursive: true })
  })
})
