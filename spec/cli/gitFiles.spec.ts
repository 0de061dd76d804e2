import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readManifestsAt } from '../../src/cli/gitFiles'

// examples/18-from-git shows `--from`; here is what it says where git has no manifests.

let folder = ''
const start = process.cwd()
const git = (...words: readonly string[]): void => {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words], { stdio: 'ignore' })
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'git-files-'))
  process.chdir(folder)
  writeFileSync('web.yaml', 'kind: Rollout\n')
  git('init', '-q')
  git('add', '.')
  git('commit', '-q', '-m', 'one')
})

afterAll(() => {
  process.chdir(start)
  rmSync(folder, { recursive: true, force: true })
})

function saidOf(revision: string, name: string): string {
  let said = ''
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text)
    return true
  })
  expect(readManifestsAt(revision, [name])).toBeUndefined()
  write.mockRestore()
  return said
}

test('a file that the revision does not have is named, with the revision', () => {
  expect(saidOf('HEAD', 'gone.yaml')).toBe('rollout-engine: there is no manifest gone.yaml at HEAD\n')
})

test('of a revision that is none, git says why', () => {
  expect(saidOf('HEAD~5', 'web.yaml')).toContain('--from: ')
})
