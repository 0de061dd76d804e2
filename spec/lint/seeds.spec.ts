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

test('of the examples those that tell of outages are found, and some that do not say what happens without data', () => {
  expect(manifestsIn(`${root}examples`).length).toBeGreaterThan(5)
  const found = findingsIn('examples')
  const outages = found.filter((finding) => !finding.endsWith('note condition-fails-without-data'))
  expect(outages.map((finding) => finding.replace(/:\d+/, '')).sort()).toEqual([
    '11-commands/stuck.yaml warning abort-gets-stuck',
    'outages/manifests/dynamic-abort-delay.yaml warning abort-gets-stuck',
    'outages/manifests/dynamic-min-pods.yaml warning abort-gets-stuck',
    'outages/manifests/scale-two.yaml warning canary-scale-above-replicas',
  ])
  expect(found.length).toBeGreaterThan(outages.length)
})
