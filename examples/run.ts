import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// tsx examples/run.ts NAME...: runs examples. Each folder holds the arguments of `rollout-engine` in command.txt, and what it
// prints in expected.txt.

const here = fileURLToPath(new URL('.', import.meta.url))
const cli = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))

export const exampleNames = (): string[] =>
  readdirSync(here)
    .filter((name) => existsSync(join(here, name, 'command.txt')))
    .sort()

/** What an example prints. */
export function runExample(name: string): {
  readonly output: string
  readonly errors: string
  readonly code: number | null
} {
  const folder = join(here, name)
  const words = readFileSync(join(folder, 'command.txt'), 'utf8').trim().split(/\s+/)
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', cli, ...words], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { output: stdout, errors: stderr, code: status }
}

export const expectedOutput = (name: string): string => readFileSync(join(here, name, 'expected.txt'), 'utf8')

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of process.argv.slice(2)) {
    const command = readFileSync(join(here, name, 'command.txt'), 'utf8').trim()
    console.log(`$ rollout-engine ${command}\n`)
    const { output, errors, code } = runExample(name)
    process.stderr.write(errors)
    process.stdout.write(output)
    process.exitCode = code ?? 1
  }
}
