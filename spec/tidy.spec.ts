import { describe, expect, test } from 'vitest'
import { circlesOf } from './tidy/circles'
import { houseFiles } from './tidy/files'
import { firing, surroundings } from './tidy/firing'
import { arrows } from './tidy/house'
import { bounds } from './tidy/loops'
import { checkSources, type Finding, nodesOf, parse, type SourceText } from './tidy/rule'
import { rules } from './tidy/rules'
import { headOf } from './tidy/rules/loops'

// The house rules, read off the AST. The tables (who imports whom, which packages where, who may throw) are in
// tidy/house.ts, the rules in tidy/rules/, and the made-up sources that show each rule firing in tidy/firing.ts.

const files = houseFiles()
const findings = checkSources(files, rules)
const show = ({ path, line, message }: Finding): string => `${path}:${line} ${message}`

describe('the house keeps its rules', () => {
  test('there is something to check', () => {
    expect(files.filter((file) => file.path.startsWith('src/')).length).toBeGreaterThan(10)
  })

  test.for(rules.map((rule) => rule.name))('%s', (name) => {
    expect(findings.filter((finding) => finding.rule === name).map(show)).toEqual([])
  })
})

describe('each rule fires', () => {
  const around: readonly SourceText[] = surroundings.map(([path, text]) => ({ path, text }))
  const firedBy = (name: string, path: string, text: string): Finding[] =>
    checkSources([{ path, text }, ...around], rules).filter((found) => found.rule === name && found.path === path)

  const titled = ([path, text]: readonly [string, string]) => ({
    path,
    text,
    title: `${path} ${text.replaceAll('\n', ' ').slice(0, 80)}`,
  })

  test('every rule has sources that fire it and sources that do not', () => {
    expect(Object.keys(firing).sort()).toEqual(rules.map((rule) => rule.name).sort())
    for (const { fires, silent } of Object.values(firing))
      expect(Math.min(fires.length, silent.length)).toBeGreaterThan(0)
  })

  describe.for(Object.entries(firing))('%s', ([name, { fires, silent }]) => {
    test.for(fires.map(titled))('fires: $title', ({ path, text }) => {
      expect(firedBy(name, path, text)).not.toEqual([])
    })
    test.for(silent.map(titled))('is silent: $title', ({ path, text }) => {
      expect(firedBy(name, path, text)).toEqual([])
    })
  })

  test('says where', () => {
    const found = firedBy('no any', 'src/model/a.ts', 'const x = 1\n/** Doc. */\nlet y: any')
    expect(found.map(({ path, line }) => [path, line])).toEqual([['src/model/a.ts', 3]])
  })
})

test('the list of loops names no loop that is gone', () => {
  const headsOf = ({ path, text }: SourceText): readonly string[] =>
    [...nodesOf(parse({ path, text }).source)].flatMap((node) => headOf(node) ?? [])
  const there = new Map(files.map((file) => [file.path, Object.hasOwn(bounds, file.path) ? headsOf(file) : []]))
  const listed = Object.entries(bounds).flatMap(([path, heads]) =>
    Object.keys(heads).map((head) => [path, head] as const),
  )
  expect(listed.length).toBeGreaterThan(200)
  expect(listed.filter(([path, head]) => !there.get(path)?.includes(head))).toEqual([])
})

test('the arrows have no circle', () => {
  const reaches = (from: string, seen: readonly string[]): boolean =>
    (arrows[from] ?? []).some((to) => seen.includes(to) || reaches(to, [...seen, to]))
  for (const layer of Object.keys(arrows)) expect([layer, reaches(layer, [layer])]).toEqual([layer, false])
})

describe('files import each other in no circle, types included', () => {
  const inside = files.filter(({ path }) => path.startsWith('src/'))

  test('in src/', () => {
    expect(inside.length).toBeGreaterThan(500)
    expect(circlesOf(inside)).toEqual([])
  })

  test('a circle is found, be it of types, of a side effect, or of a type in place', () => {
    for (const text of [
      "import type { A } from './a'",
      "export * from './a'",
      "import './a'",
      "let b: import('./a').A",
    ])
      expect(
        circlesOf([
          { path: 'src/a.ts', text: "import { b } from './b'" },
          { path: 'src/b.ts', text },
        ]),
      ).toEqual([['src/a.ts', 'src/b.ts', 'src/a.ts']])
  })
})
