import { readdirSync, readFileSync, statSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { lintManifests } from '../../src/lint/index'

// Manifests of people's reports (seeds) and of our examples, finding by finding. Blocks of a seed that are commands in a shell are no
// manifests, and said to be none.

const root = fileURLToPath(new URL('../../', import.meta.url))

const manifestsIn = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = `${folder}/${name}`
    if (statSync(path).isDirectory()) return manifestsIn(path)
    return /\.ya?ml$/.test(name) ? [path] : []
  })

const findingsIn = (folder: string): readonly string[] =>
  manifestsIn(`${root}${folder}`).flatMap((path) =>
    lintManifests({ [path]: readFileSync(path, 'utf8') })
      .filter(({ rule }) => rule !== 'not-an-object')
      .map(({ severity, rule, line }) => `${relative(`${root}${folder}`, path)}:${line} ${severity} ${rule}`),
  )

test('of the seeds only what is cut off is no YAML', () => {
  expect(manifestsIn(`${root}spec/input/fixtures`).length).toBeGreaterThan(10)
  expect(findingsIn('spec/input/fixtures')).toEqual(['seed-004-00.yaml:35 error syntax'])
})

test('of the examples some do not say what happens without data, and nothing else is found', () => {
  expect(manifestsIn(`${root}examples`).length).toBeGreaterThan(5)
  const kinds = new Set(findingsIn('examples').map((finding) => finding.replace(/^\S+ /, '')))
  expect([...kinds]).toEqual(['note condition-fails-without-data'])
})
