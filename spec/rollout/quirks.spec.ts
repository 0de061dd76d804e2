import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { semantics as analyses } from '../../src/analysis/semantics'
import { semantics as experiments } from '../../src/experiment/semantics'
import { typeTables } from '../../src/kube/types/typeTables'
import { semantics } from '../../src/rollout/semantics'
import { readCases, vectorsFolder } from '../conformance/vectors'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(`${root}/docs/internals/quirks.md`, 'utf8')

interface Row {
  readonly name: string
  readonly file: string
  readonly versions: string
  readonly weight: string
  readonly vector: string | undefined
}

/** The rows of the page's tables: name and file stand in back ticks. */
const rows: readonly Row[] = page
  .split('\n')
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))
  .filter((cells) => cells.length === 8 && cells[0]?.startsWith('`'))
  .map(([name = '', file = '', , versions = '', weight = '', , vector]) => ({
    name: bare(name),
    file: bare(file),
    versions,
    weight,
    vector,
  }))

/** The rows of the table of versions: what, member, five versions, for people, upstream. */
const differences: readonly (readonly string[])[] = page
  .split('\n')
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))
  .filter((cells) => cells.length === 9 && cells[1]?.startsWith('`'))

const weights = ['safety', 'liveness', 'cosmetic']

function bare(cell: string): string {
  return cell.replaceAll('`', '')
}

function functionsIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(`${root}/${file}`, 'utf8'), ts.ScriptTarget.ES2022)
  return source.statements.flatMap((statement) => {
    if (ts.isFunctionDeclaration(statement)) return statement.name ? [statement.name.text] : []
    if (!ts.isVariableStatement(statement)) return []
    return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
      ts.isIdentifier(name) && initializer && ts.isArrowFunction(initializer) ? [name.text] : [],
    )
  })
}

describe('docs/internals/quirks.md', () => {
  test('has a row of eight cells for every quirk, with its versions and what it means for people', () => {
    expect(rows.length).toBeGreaterThan(25)
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length)
    expect(rows.filter(({ versions, weight }) => versions === '' || !weights.includes(weight))).toEqual([])
  })

  test('has a row for every member of the tables of versions, with what it means for people and the change upstream', () => {
    const named = differences.flatMap(([, members = '']) => members.split(', ').map(bare))
    const tables = [semantics.main, experiments.main, analyses.main, typeTables.main]
    const members = tables.flatMap((table) => Object.keys(table))
    expect(members.filter((member) => !named.includes(member))).toEqual([])
    expect(named.filter((name) => name !== 'languageOf' && !members.includes(name))).toEqual([])
    expect(differences.filter((cells) => !weights.includes(cells[7] ?? '')).map(([what]) => what)).toEqual([])
    expect(differences.filter((cells) => !cells[8]?.startsWith('AR#')).map(([what]) => what)).toEqual([])
  })

  test.for(rows)('$name is a function of $file', ({ name, file }) => {
    expect(existsSync(`${root}/${file}`)).toBe(true)
    expect(functionsIn(file)).toContain(name)
  })

  test('names vectors that exist', () => {
    const named = rows.flatMap(({ vector }) => (vector && vector !== 'no vector' ? [bare(vector)] : []))
    expect(named.length).toBeGreaterThan(10)
    const families = new Set(named.map((id) => id.replace(/-\d+$/, '')))
    const known = new Set([...families].flatMap((family) => readCases(vectorsFolder, family).map(({ id }) => id)))
    expect(named.filter((id) => !known.has(id))).toEqual([])
  })

  test('has every function of the reducers whose comment calls it a quirk', () => {
    const reducers = ['rollout', 'experiment', 'analysis']
    const sources = reducers.flatMap((name) => ts.sys.readDirectory(`${root}/src/${name}`, ['.ts']))
    const called = sources.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(quirkComment)].map(([, name]) => name),
    )
    expect(called.length).toBeGreaterThan(10)
    expect(called.filter((name) => !rows.some((row) => row.name === name))).toEqual([])
  })
})

/** A doc comment that says "Quirk kept for fidelity", and the name of what follows it. */
const quirkComment =
  /\/\*\*(?:(?!\*\/)[\s\S])*?Quirk kept for fidelity(?:(?!\*\/)[\s\S])*?\*\/\n(?:export )?(?:function|const) (\w+)/g
