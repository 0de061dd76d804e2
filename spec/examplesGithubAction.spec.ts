import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundledCommand } from './bundled'

// The action on a pull request of its fixture repository: git is real, the code host is a server on this machine.

const example = fileURLToPath(new URL('../examples/github-action', import.meta.url))
const command = bundledCommand()
const golden = join(example, 'comment.md')

interface Request {
  readonly method: string
  readonly url: string
  readonly body: string
}

const requests: Request[] = []
let comments: readonly { readonly id: number; readonly body: string }[] = []
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => {
    body += chunk.toString('utf8')
  })
  request.on('end', () => {
    requests.push({ method: request.method ?? '', url: request.url ?? '', body })
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(request.method === 'GET' ? comments : {}))
  })
})

const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-action-test-'))
const git = (...words: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words], {
    cwd: folder,
    encoding: 'utf8',
  })

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  git('init', '-q')
  cpSync(join(example, 'fixture/base'), folder, { recursive: true })
  git('add', '.')
  git('commit', '-qm', 'base')
  cpSync(join(example, 'fixture/head'), folder, { recursive: true })
  git('add', '.')
  git('commit', '-qm', 'head')
  const pull = { number: 7, base: { sha: git('rev-parse', 'HEAD~1').trim() } }
  writeFileSync(join(folder, 'event.json'), JSON.stringify({ pull_request: pull }))
})

afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const runAction = (): Promise<number | null> => {
  requests.length = 0
  const { port } = server.address() as AddressInfo
  const env = {
    PATH: process.env.PATH,
    ROLLOUT_ENGINE: `${process.execPath} ${command}`,
    CHECK_RUNS: '5',
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
    GITHUB_REPOSITORY: 'team/shop',
    GITHUB_API_URL: `http://127.0.0.1:${port}`,
    GITHUB_TOKEN: 'secret',
  }
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(example, 'comment.mjs')], { cwd: folder, env, stdio: 'inherit' })
    child.on('exit', resolve)
  })
}

const bodyOf = (request: Request | undefined): string => (JSON.parse(request?.body ?? '{}') as { body: string }).body

test('comments what will happen, and changes its comment the next time', { timeout: 600_000 }, async () => {
  const code = await runAction()
  expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /repos/team/shop/issues/7/comments?per_page=100',
    'POST /repos/team/shop/issues/7/comments',
  ])
  const comment = `${bodyOf(requests[1])}\n`
  if (process.env.REWRITE !== undefined) writeFileSync(golden, comment)
  expect(comment).toBe(readFileSync(golden, 'utf8'))
  expect(comment).not.toContain(folder)
  expect(code).toBe(comment.includes('✖ Lint') || comment.includes('✖ Check') ? 1 : 0)

  comments = [
    { id: 3, body: 'looks good' },
    { id: 4, body: comment },
  ]
  await runAction()
  expect(requests.at(-1)).toMatchObject({ method: 'PATCH', url: '/repos/team/shop/issues/comments/4' })
})
