import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { releaseNotes } from '../../scripts/releaseNotes'
import { manifest, root, run } from './packed'

const changelog = `# Changelog

## Unreleased

- next

## 1.2.0 (2030-01-02)

- two

### Why

Because.

## 1.1.0
`

describe('release notes', () => {
  test('are the section of the version', () => {
    expect(releaseNotes(changelog, 'v1.2.0')).toBe('- two\n\n### Why\n\nBecause.')
    expect(releaseNotes(changelog, '1.2.0')).toBe(releaseNotes(changelog, 'v1.2.0'))
  })

  test.for(['1.2', '1.1.0', '2.0.0', ''])('are missing for %s', (version) => {
    expect(releaseNotes(changelog, version)).toBeUndefined()
  })

  test('can be made of the changelog as it is, once it is renamed', () => {
    const text = readFileSync(join(root, 'CHANGELOG.md'), 'utf8')
    expect(text).toMatch(/^## Unreleased\n/m)
    expect(releaseNotes(text.replace('## Unreleased', `## ${manifest.version}`), manifest.version)).toMatch(/^- /)
  })
})

interface Sbom {
  readonly metadata: { readonly component: { readonly name: string; readonly version: string } }
  readonly components: readonly { readonly name: string; readonly purl: string }[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

test('the SBOM names what users get, and nothing of the tests', () => {
  const sbom = JSON.parse(run('npm', ['run', '-s', 'sbom'], root)) as Sbom
  expect(sbom.metadata.component).toMatchObject({ name: manifest.name, version: manifest.version })
  const names = sbom.components.map(({ name }) => name)
  const direct = Object.keys(manifest.dependencies)
  expect(names).toEqual(expect.arrayContaining(direct))
  // Beside them, what piscina may take to talk to the scheduler of the system.
  expect(names.filter((name) => !direct.includes(name) && !name.startsWith('@napi-rs/nice'))).toEqual([])
  const own = sbom.dependencies.find(({ ref }) => ref === `${manifest.name}@${manifest.version}`)
  expect(own?.dependsOn.map((ref) => ref.replace(/@[^@]*$/, '')).sort()).toEqual(direct.sort())
}, 60_000)

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>
}

test('workflows run scripts that are there', () => {
  const folder = join(root, '.github/workflows')
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }
  const workflows = readdirSync(folder).map((name) => parse(readFileSync(join(folder, name), 'utf8')) as Workflow)
  const runs = workflows.flatMap(({ jobs }) =>
    Object.values(jobs).flatMap(({ steps }) => steps.map((step) => step.run ?? '')),
  )
  const named = runs.flatMap((text) => [...text.matchAll(/^npm run (?:-s )?([\w-]+)/gm)].map(([, name = '']) => name))
  expect(named).toEqual(expect.arrayContaining(['release-notes', 'attack']))
  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
})
