import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// tsx examples/run.ts NAME...: runs examples. Each folder holds the arguments of `rollout-engine` in command.txt, and what it
// prints in expected.txt. A command.txt of several lines is several commands; expected.txt then shows them too with what they
// note on standard error, and the exit codes that are not 0. Where there is a folder `commits`, each folder in it is
// committed in turn to a new git repository, and the commands run there.

const here = fileURLToPath(new URL('.', import.meta.url))
const cli = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))

export const exampleNames = (): string[] =>
  readdirSync(here)
    .filter((name) => existsSync(join(here, name, 'command.txt')))
    .sort()

const commandsOf = (name: string): readonly string[] =>
  readFileSync(join(here, name, 'command.txt'), 'utf8')
    .trim()
    .split(/\r?\n/)

interface Outcome {
  readonly output: string
  readonly errors: string
  readonly code: number | null
}

/** Words for Node before those of a command: the command line as it is in src/. */
const sources: readonly string[] = ['--import', import.meta.resolve('tsx'), cli]

/** What an example prints. `program`: words for Node that start the command line, if it is not that of src/. */
export function runExample(name: string, program = sources): Outcome {
  const [first = '', ...others] = commandsOf(name)
  if (others.length === 0) return runCommand(name, first, program)
  const outcomes = [first, ...others].map((command) => ({ command, ...runCommand(name, command, program) }))
  const shown = outcomes.map(({ command, output, errors, code }) => {
    const exit = code === 0 ? '' : `\nexit code ${code}\n`
    const notes = errors === '' ? '' : `${errors}\n`
    return `$ rollout-engine ${command}\n\n${notes}${output}${exit}`
  })
  return {
    output: shown.join('\n'),
    errors: '',
    code: outcomes.some(({ code }) => code === null) ? null : 0,
  }
}

function runCommand(name: string, command: string, program: readonly string[]): Outcome {
  const commits = join(here, name, 'commits')
  const cwd = existsSync(commits) ? repositoryOf(commits) : join(here, name)
  const words = [...program, ...command.trim().split(/\s+/)]
  const { stdout, stderr, status } = spawnSync(process.execPath, words, { cwd, encoding: 'utf8' })
  if (existsSync(commits)) rmSync(cwd, { recursive: true })
  return { output: stdout, errors: stderr, code: status }
}

const author = ['-c', 'user.name=example', '-c', 'user.email=example@example.com', '-c', 'commit.gpgsign=false']

/** A git repository in a temporary folder, with a commit for each folder, in the order of their names. */
function repositoryOf(commits: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-example-'))
  const git = (...words: readonly string[]): void => void spawnSync('git', words, { cwd: folder })
  git('init', '--quiet')
  for (const message of readdirSync(commits).sort()) {
    cpSync(join(commits, message), folder, { recursive: true })
    git('add', '.')
    git(...author, 'commit', '--quiet', '--message', message)
  }
  return folder
}

export const expectedFile = (name: string): string => join(here, name, 'expected.txt')

export const expectedOutput = (name: string): string => readFileSync(expectedFile(name), 'utf8')

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of process.argv.slice(2)) {
    const [first = '', ...others] = commandsOf(name)
    if (others.length === 0) console.log(`$ rollout-engine ${first}\n`)
    const { output, errors, code } = runExample(name)
    process.stderr.write(errors)
    process.stdout.write(output)
    process.exitCode = code ?? 1
  }
}
