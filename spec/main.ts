import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fastVariable } from './fast'
import { addTallies, type Report, type Tally, tallyOfCode, tallyOfReport } from './tally'

// npm test: everything that has to hold. --check (npm run check): types, lint and house rules. --fast (npm run
// test:fast): those, and all but the slow specs, with a sample of the vectors. The last line says `N passed, M failed`:
// one for each static check, one for each test, and for a conformance family as many as it has judged units.

const root = fileURLToPath(new URL('..', import.meta.url))
const tool = (path: string): string => join(root, 'node_modules', path)

const projects: Readonly<Record<string, string>> = {
  'types of src, without DOM and Node': 'tsconfig.json',
  'types of everything': 'tsconfig.node.json',
  'types of the playground, with DOM': 'examples/playground/tsconfig.json',
}

/** The words for Node of each static check. Where somebody waits for them, types of files that did not change are not checked again. */
function staticChecks(mode: string): readonly (readonly [name: string, words: readonly string[]])[] {
  const tsc = tool('typescript/bin/tsc')
  const known = (project: string): readonly string[] =>
    mode === 'all' ? [] : ['--incremental', '--tsBuildInfoFile', tool(`.cache/types/${project.replaceAll('/', '-')}`)]
  return [
    ...Object.entries(projects).map(([name, project]) => [name, [tsc, '-p', project, ...known(project)]] as const),
    ['lint and format', [tool('@biomejs/biome/bin/biome'), 'check', '.']],
  ]
}

interface Ended {
  readonly code: number
  readonly output: string
}

function run(words: readonly string[], show: 'live' | 'later'): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const take = (chunk: Buffer): void => {
      if (show === 'live') process.stdout.write(chunk)
      else output += chunk.toString('utf8')
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

async function runStatic(name: string, words: readonly string[]): Promise<Tally> {
  const { code, output } = await run(words, 'later')
  console.log(`${code === 0 ? '✓' : '✗'} ${name}`)
  if (code !== 0) console.log(output)
  return tallyOfCode(code)
}

/** What vitest is to run: specs by name, or all but some. */
const chosen = {
  all: [],
  check: ['spec/tidy.spec.ts', 'spec/docs/behaviour.spec.ts'],
  fast: ['--project', 'quick'],
} as const satisfies Readonly<Record<string, readonly string[]>>

async function runTests(specs: readonly string[]): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-test-'))
  const file = join(folder, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const { code } = await run([tool('vitest/vitest.mjs'), 'run', ...specs, ...reporters], 'live')
    const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : undefined
    return tallyOfReport(report, code)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function main(): Promise<void> {
  const [mode = 'all'] = process.argv.slice(2).map((word) => word.replace('--', ''))
  if (!Object.hasOwn(chosen, mode)) throw new Error(`there is --check and --fast, not --${mode}`)
  if (mode === 'fast') process.env[fastVariable] = 'yes'
  const checked = await Promise.all(staticChecks(mode).map(([name, words]) => runStatic(name, words)))
  const { passed, failed, skipped } = addTallies([...checked, await runTests(chosen[mode as keyof typeof chosen])])
  if (skipped > 0) console.log(`${skipped} skipped`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
}

await main()
