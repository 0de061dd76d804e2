import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// tsx examples/run.ts NAME...: runs examples. Each folder holds the arguments of `rollout-engine` in command.txt, and what it
// prints in expected.txt. A command.txt of several lines is several commands; expected.txt then shows them too, and the exit
// codes that are not 0.

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
const sources: readonly string[] = ['--import', 'tsx', cli]

/** What an example prints. `program`: words for Node that start the command line, if it is not that of src/. */
export function runExample(name: string, program = sources): Outcome {
  const [first = '', ...others] = commandsOf(name)
  if (others.length === 0) return runCommand(name, first, program)
  const outcomes = [first, ...others].map((command) => ({ command, ...runCommand(name, command, program) }))
  const shown = outcomes.map(({ command, output, code }) => {
    const exit = code === 0 ? '' : `\nexit code ${code}\n`
    return `$ rollout-engine ${command}\n\n${output}${exit}`
  })
  return {
    output: shown.join('\n'),
    errors: outcomes.map(({ errors }) => errors).join(''),
    code: outcomes.some(({ code }) => code === null) ? null : 0,
  }
}

function runCommand(name: string, command: string, program: readonly string[]): Outcome {
  const { stdout, stderr, status } = spawnSync(process.execPath, [...program, ...command.trim().split(/\s+/)], {
    cwd: join(here, name),
    encoding: 'utf8',
  })
  return { output: stdout, errors: stderr, code: status }
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
