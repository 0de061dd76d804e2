import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { readCases, vectorsFolder } from '../conformance/vectors'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(`${root}/docs/internals/quirks.md`, 'utf8')

interface Row {
  readonly name: string
  readonly file: string
  readonly vector: string | undefined
}

/** The rows of the page's tables: name and file stand in back ticks. */
const rows: readonly Row[] = page
  .split('\n')
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))
  .filter((cells) => cells.length === 6 && cells[0]?.startsWith('`'))
  .map(([name = '', file = '', , , vector]) => ({ name: bare(name), file: bare(file), vector }))

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
  test('has a row of six cells for every quirk', () => {
    expect(rows.length).toBeGreaterThan(25)
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length)
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
