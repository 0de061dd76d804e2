import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { withAssertions } from './assertions'
import { entryOf, missingImports } from './examples'
import { expectValue } from './expectValue'
import { typescriptBlocks } from './markdown'
import { compilerOptions, runSnippets } from './snippets'

// The tools that check the documentation, checked with made-up documentation.

const fence = '```'

describe('ts blocks of a markdown text', () => {
  test('are found with their lines, other languages are not', () => {
    const text = `# A\n\n${fence}ts\nconst a = 1\n${fence}\n${fence}sh\nls\n${fence}\n${fence}ts title=x\nf()\n\ng()\n${fence}\n`
    expect(typescriptBlocks(text)).toEqual([
      { language: 'ts', code: 'const a = 1', line: 4 },
      { language: 'ts', code: 'f()\n\ng()', line: 10 },
    ])
  })

  test('have the text block that follows as their output', () => {
    const text = `${fence}ts\nf()\n${fence}\n\nprints\n\n${fence}text\none\ntwo\n${fence}\n`
    expect(typescriptBlocks(text)).toEqual([{ language: 'ts', code: 'f()', line: 2, output: 'one\ntwo' }])
  })

  test('have no output behind the next heading or another block', () => {
    const output = `${fence}text\none\n${fence}\n`
    const block = `${fence}ts\nf()\n${fence}\n`
    expect(typescriptBlocks(`${block}\n## Next\n${output}`)[0]).not.toHaveProperty('output')
    expect(typescriptBlocks(`${block}${fence}yaml\na: 1\n${fence}\n${output}`)[0]).not.toHaveProperty('output')
  })

  test('may be indented, and may hold shorter fences and headings', () => {
    const text = `1. a\n   ${fence}${fence}ts\n   # no heading\n   ${fence}ts\n     f()\n   ${fence}${fence}\n`
    expect(typescriptBlocks(text)).toEqual([{ language: 'ts', code: `# no heading\n${fence}ts\n  f()`, line: 3 }])
  })

  test('typescript is another language, for what is not meant to run', () => {
    expect(typescriptBlocks(`${fence}typescript\nf()\n${fence}`)).toEqual([])
  })
})

describe('// => value', () => {
  test.for([
    ['f(1) // => 2', 'expectValue(f(1), (2)) // => 2'],
    ['const x = f(1) // => { a: [1] }', 'const x = expectValue(f(1), ({ a: [1] })) // => { a: [1] }'],
    ["console.log(x) // => 'a'", "console.log(expectValue(x, ('a'))) // => 'a'"],
    ['await f() // => 1', 'expectValue(await f(), (1)) // => 1'],
    ['f()\n// => 1\n// as it should', 'expectValue(f(), (1))\n// => 1\n// as it should'],
    ['f()\n// => [1,\n//     2]', 'expectValue(f(), ([1, 2]))\n// => [1,\n//     2]'],
    ['f() // a comment', 'f() // a comment'],
  ])('%s', ([code, asserted]) => {
    expect(withAssertions(code!)).toBe(asserted)
  })

  test.for(['function f() {} // => 1', 'f() // => not a value', 'if (x) {\n  f() // => 1\n}', '// => 1'])(
    'is refused where it asserts nothing: %s',
    (code) => {
      expect(() => withAssertions(code)).toThrow()
    },
  )

  test('compares data', () => {
    expect(expectValue({ a: [1, { b: 2 }] }, Object.assign(Object.create(null), { a: [1, { b: 2 }] }))).toBeDefined()
    expect(() => expectValue({ a: 1 }, { a: '1' })).toThrow("expected { a: '1' }, got { a: 1 }")
    expect(() => expectValue([1], [1, 2])).toThrow()
  })
})

describe('examples of doc comments', () => {
  const files: Readonly<Record<string, string>> = {
    '/house/index.ts': "export { f, type Options as Choice } from './f'\nexport const twice = 2",
    '/house/f.ts': `/**
 * Does.
 *
 * @example
 * f(1) // => 2
 *   f(2)
 * @example In words:
 * ${fence}ts
 * f(3)
 * ${fence}
 */
export const f = (x: number): number => x + 1
export interface Options {
  /** @example f(4) */
  readonly a: string
}
/** @example nobody() */
export function nobody(): void {}
`,
  }
  const options: ts.CompilerOptions = { noLib: true, types: [] }
  const host = ts.createCompilerHost(options)
  host.fileExists = (path) => Object.hasOwn(files, path)
  host.directoryExists = () => true
  host.readFile = (path) => files[path]
  host.getSourceFile = (path, target) => {
    const text = files[path]
    return text === undefined ? undefined : ts.createSourceFile(path, text, target, true)
  }
  const entry = entryOf(ts.createProgram(['/house/index.ts'], options, host), '/house/index.ts')

  test('are those of the published names and their members', () => {
    expect(entry.examples.map(({ name, line, code }) => [name, line, code])).toEqual([
      ['f', 4, 'f(1) // => 2\n  f(2)'],
      ['f', 7, 'f(3)'],
      ['Choice', 14, 'f(4)'],
    ])
    expect([...entry.names]).toEqual([
      ['f', 'value'],
      ['Choice', 'type'],
      ['twice', 'value'],
    ])
  })

  test('are missed where there are none, as doc comments are', () => {
    expect(entry.undocumented).toEqual(['Choice', 'twice'])
    expect(entry.withoutExample).toEqual(['twice'])
  })

  test('import what they use', () => {
    const imports = (code: string): string => missingImports(code, entry.names, 'house')
    expect(imports('f(twice)')).toBe("import { f, twice } from 'house'; ")
    expect(imports('const x: Choice = y.twice')).toBe("import { type Choice } from 'house'; ")
    expect(imports("import { f } from 'other'\nconst twice = f(1)")).toBe('')
  })
})

test('snippets are type-checked and run, and what they print is kept', { timeout: 120_000 }, () => {
  const [right, printed, wrongType, wrongValue, thrown, refused] = runSnippets(
    [
      'const x: number = 1 + 1 // => 2',
      "console.log('one')\nawait null\nconsole.log('two')",
      "const x: number = 'one'",
      'const x = 1 + 1 // => 3',
      "const unused = 1\nthrow new Error('out of order')",
      'f( // => 1',
    ].map((code, i) => ({ name: `${i}`, code })),
  )
  expect(right).toEqual({ problems: [], output: '' })
  expect(printed).toEqual({ problems: [], output: 'one\ntwo\n' })
  expect(wrongType?.problems).toEqual(["line 1: Type 'string' is not assignable to type 'number'."])
  expect(wrongValue?.problems[0]).toContain('expected 3, got 2')
  expect(thrown?.problems[0]).toContain('out of order')
  expect(refused?.problems).not.toEqual([])
})

test('a snippet that leaves the process is found out, and those before it are kept', { timeout: 120_000 }, () => {
  const [before, leaves] = runSnippets([
    { name: 'a', code: "console.log('before')" },
    { name: 'b', code: 'process.exit(0)' },
  ])
  expect(before).toEqual({ problems: [], output: 'before\n' })
  expect(leaves?.problems).toEqual(['did not run to its end'])
})

test('the compiler options have the published names', () => {
  expect(Object.keys(compilerOptions().paths ?? {})).toContain('rollout-engine')
})
