import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { mutatedFiles, root } from './bundle'
import { excused } from './excused'
import { applyMutant, findMutants } from './findMutants'
import { instrumented, type Mode } from './instrument'
import { inTurn } from './inTurn'
import { keyOf, openState, readFates, sampleOf, writeFate } from './progress'
import { type Asked, bytesOf, mark } from './reach'
import { interval } from './report'
import { newRuntime } from './runtime'

// The tools of `npm run mutants`, checked with made-up code, and that what is excused is still there.

const code = `
const most = 3
const share = (pods: number, all: number, names?: readonly string[]): unknown => {
  let rest = all
  if (pods > 0 && pods <= most) rest -= Math.ceil((pods * 100) / all)
  const first = names?.filter((name) => name !== 'b')[0]?.length ?? 7
  for (let i = 0; i < pods; i++) rest += i
  const found: string[] = []
  while (found.length < 3 && !found.includes('end')) found.push(rest === all || rest % 2 !== 0 ? 'end' : \`\${pods}\`, ...(pods > 2 ? ['end'] : []))
  if (found.length > 9) return { isLong: true }
  return found.some((one) => one.startsWith('e')) ? [Math.min(rest, pods) + 1, first, found] : -rest
}
`

const mutants = findMutants('share.ts', code)

type Share = (pods: number, all: number, names?: readonly string[]) => unknown

const javaScript = (text: string): string => ts.transpile(text, { target: ts.ScriptTarget.ES2022 })

function compiled(text: string, runtime: object): Share {
  return new Function('__mutants', `${javaScript(text)}; return share`)(runtime) as Share
}

const syntaxErrors = (text: string): unknown =>
  ts.transpileModule(text, { reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ES2022 } }).diagnostics

const none = (): void => undefined

/** What a call comes to, in a text; loops that do not end come to an error. */
function outcome(share: Share, values: Parameters<Share>): string {
  try {
    return JSON.stringify(share(...values)) ?? 'undefined'
  } catch (error) {
    return error instanceof TypeError ? 'TypeError' : 'does not end'
  }
}

const inputs: readonly Parameters<Share>[] = [-1, 0, 1, 2, 3, 4].flatMap((pods) =>
  [undefined, ['b'], ['b', 'c'], []].flatMap((names) => [0, 1, 4].map((all): Parameters<Share> => [pods, all, names])),
)

describe('mutants', () => {
  test('are of many kinds, each with its line and a name that lasts', () => {
    expect([...new Set(mutants.map(({ kind }) => kind))].sort()).toEqual(
      'arithmetic boolean border chain condition default equality list logic method negation number object statement text'.split(
        ' ',
      ),
    )
    const named = mutants.map(({ line, name }) => `${line} ${name}`)
    expect(named[0]).toBe('2 most: 3 -> 4')
    expect(named).toContain('5 share: pods > 0 && pods <= most -> pods > 0 || pods <= most')
    expect(named).toContain('5 share: pods <= most -> pods < most')
    expect(named).toContain("6 share: name !== 'b' -> name === 'b'")
    expect(named).toContain('11 share: Math.min(rest, pods) -> Math.max(rest, pods)')
  })

  test('are told apart where the same mistake can be made twice; text of types and of thrown errors is left alone', () => {
    const found = findMutants(
      'a.ts',
      "const twice = (a: 'x'): unknown => { if (!a) throw new Error('no'); return [a + a, a + a] }",
    )
    expect(found.map(({ name }) => name).filter((name) => name.includes('a - a'))).toEqual([
      'twice: a + a -> a - a',
      'twice: a + a -> a - a (2)',
    ])
    expect(found.filter(({ kind }) => kind === 'text')).toEqual([])
  })

  test('of a chain are made in the whole chain', () => {
    const texts = findMutants('a.ts', 'const get = (a) => a?.b.c?.(1)?.[0]').filter(({ kind }) => kind === 'chain')
    expect(texts.map(({ text }) => text)).toEqual(['a?.b.c?.(1)[0]', 'a?.b.c(1)?.[0]', 'a.b.c?.(1)?.[0]'])
  })
})

describe('all mutants of a file in one text', () => {
  test('switched on, one is the code with its mistake; switched off, all are the code', () => {
    const runtime = newRuntime(none, 500)
    const switched = compiled(instrumented('share.ts', code, 1, 'switches'), runtime)
    const original = compiled(code, {})
    for (const values of inputs) expect(outcome(switched, values)).toBe(outcome(original, values))
    for (const [at, mutant] of mutants.entries()) {
      if (mutant.isStatic) continue
      runtime.on = at + 1
      // Loops of the text with the mistake do not end here where they should: only those that end are compared.
      const isEndless = /while|for/.test(code.split('\n')[mutant.line - 1] ?? '')
      const wrong = isEndless ? undefined : compiled(applyMutant(code, mutant), {})
      for (const values of inputs) {
        runtime.forget()
        const got = outcome(switched, values)
        if (wrong && got !== 'does not end') expect(got, mutant.name).toBe(outcome(wrong, values))
      }
    }
  })

  test('a mistake in a loop ends it', () => {
    const runtime = newRuntime(none, 500)
    const share = compiled(instrumented('share.ts', code, 1, 'switches'), runtime)
    runtime.on = mutants.findIndex(({ name }) => name === 'share: i++ -> i--') + 1
    expect(() => share(1, 4)).toThrow('a loop goes on for ever')
  })

  test('probes change nothing, and notice each mutant that would change a result', () => {
    const noted = new Set<number>()
    const probed = compiled(
      instrumented('share.ts', code, 1, 'probes'),
      newRuntime((number) => noted.add(number)),
    )
    const runtime = newRuntime(none, 500)
    const switched = compiled(instrumented('share.ts', code, 1, 'switches'), runtime)
    for (const values of inputs) {
      noted.clear()
      runtime.on = 0
      const right = outcome(switched, values)
      expect(outcome(probed, values)).toBe(right)
      for (const [at, { name, isStatic }] of mutants.entries()) {
        runtime.on = at + 1
        runtime.forget()
        if (!isStatic && outcome(switched, values) !== right) expect([...noted], name).toContain(at + 1)
      }
    }
    expect(noted.size).toBeLessThan(mutants.length)
  })

  test.for(['switches', 'probes'] as const satisfies readonly Mode[])('the real files are programs with %s', (mode) => {
    // Every third here; a run of mutants makes all of them.
    for (const file of mutatedFiles().filter((_, index) => index % 3 === 0)) {
      const text = readFileSync(join(root, file), 'utf8')
      const count = findMutants(file, text).length
      const result = instrumented(file, text, 1, mode)
      expect(syntaxErrors(result), file).toEqual([])
      if (mode === 'switches') expect(new Set(result.match(/__mutants\.on [!=]== \d+/g)).size, file).toBe(count)
    }
  })
})

describe('what is excused', () => {
  test('is there, once, and has a reason', () => {
    const names = new Set(
      mutatedFiles().flatMap((file) =>
        findMutants(file, readFileSync(join(root, file), 'utf8')).map(({ name }) => `${file} ${name}`),
      ),
    )
    const listed = excused.map(({ file, name }) => `${file} ${name}`)
    expect(listed.filter((one) => !names.has(one))).toEqual([])
    expect(new Set(listed).size).toBe(listed.length)
    for (const { why } of excused) expect(why.length).toBeGreaterThan(15)
  })
})

describe('a run', () => {
  test('of a sample has the same mutants for the same seed; larger ones have the smaller', () => {
    expect(sampleOf(mutants, 5, 1)).toEqual(sampleOf(mutants, 9, 1).slice(0, 5))
    expect(sampleOf(mutants, 5, 2)).not.toEqual(sampleOf(mutants, 5, 1))
    expect(interval(0.9, 1000)).toBe('88.0 % to 91.7 %')
  })

  test('goes on from what was noted, unless the sources are others', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-mutants-'))
    const key = keyOf(mutants, new Map([['share.ts', code]]))
    expect(openState(folder, key)).toBe(true)
    writeFate(folder, { at: 3, asked: 4, reach: 9 })
    writeFate(folder, { at: 3, asked: 5, reach: 9, killer: 'x' })
    expect(openState(folder, key)).toBe(false)
    expect(readFates(folder)).toEqual([{ at: 3, asked: 5, reach: 9, killer: 'x' }])
    expect(openState(folder, keyOf(mutants, new Map([['share.ts', `${code} `]])))).toBe(true)
    expect(readFates(folder)).toEqual([])
    rmSync(folder, { recursive: true })
  })

  test('asks only what is reached: what noticed others first, then the cheap before the dear', () => {
    const asked = (name: string, milliseconds: number, ...reached: number[]): Asked => {
      const row = new Uint8Array(bytesOf(20))
      for (const mutant of reached) mark(row, mutant)
      return { family: 'f', index: 0, part: 0, name, milliseconds, row }
    }
    const killer = asked('killer', 90, 5)
    const all = [asked('dear', 50, 5), asked('other', 1, 6), asked('cheap', 1, 5), killer]
    const names = (isStatic: boolean): string[] =>
      inTurn(all, 4, { isStatic, firstOfFile: 5, lastOfFile: 6 }, [killer, asked('elsewhere', 1, 7)]).map(
        ({ name }) => name,
      )
    expect(names(false)).toEqual(['killer', 'cheap', 'dear'])
    expect(names(true).sort()).toEqual(['cheap', 'dear', 'killer', 'other'])
  })
})
