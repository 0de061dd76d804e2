import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'
import { withAssertions } from './assertions'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Code of the documentation that has to type-check and to run. */
export interface Snippet {
  /** Where it stands: `README.md:12`. */
  readonly name: string
  readonly code: string
  /** What it prints, if the text says so. */
  readonly output?: string
}

/** What became of a snippet; all is well with an empty list of problems. */
export interface Outcome {
  readonly problems: readonly string[]
  readonly output: string
}

/** What the child process writes for each file that it ran to the end. */
export type Executions = Readonly<Record<string, { readonly output: string; readonly error?: string }>>

const mostMilliseconds = 300_000

/** Type-checks the snippets as one program, and runs them one after the other in one process. */
export function runSnippets(snippets: readonly Snippet[]): Outcome[] {
  mkdirSync(join(root, '.cache'), { recursive: true })
  // Inside of the project, so that packages are found as they are from examples/.
  const folder = mkdtempSync(join(root, '.cache', 'snippets-'))
  try {
    const modules = snippets.map((snippet, i) => writeModule(folder, snippet, i))
    const files = modules.filter((module) => typeof module === 'string')
    const typed = typeProblems(files)
    const executed = execute(folder, files)
    return modules.map((module) =>
      typeof module === 'string'
        ? outcomeOf(typed(module), executed[module])
        : { problems: [module.problem], output: '' },
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function outcomeOf(typed: readonly string[], executed: Executions[string] | undefined): Outcome {
  if (!executed) return { problems: [...typed, 'did not run to its end'], output: '' }
  const failed = executed.error === undefined ? [] : [executed.error]
  return { problems: [...typed, ...failed], output: executed.output }
}

/** The path of the written module, or why there is none. Lines are those of the snippet. */
function writeModule(folder: string, snippet: Snippet, index: number): string | { problem: string } {
  const file = join(folder, `${index}.ts`)
  const helper = JSON.stringify(relative(folder, join(root, 'spec/docs/expectValue')).replaceAll('\\', '/'))
  try {
    const code = withAssertions(snippet.code)
    const used = code === snippet.code ? '' : `import { expectValue } from ${helper}; `
    writeFileSync(file, `${used}${code}\nexport {}\n`)
    return file
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

/** Options of everything but src/ itself. */
export function compilerOptions(): ts.CompilerOptions {
  const file = join(root, 'tsconfig.node.json')
  const { config } = ts.readConfigFile(file, ts.sys.readFile)
  return ts.parseJsonConfigFileContent(config, ts.sys, root).options
}

function typeProblems(files: readonly string[]): (file: string) => string[] {
  const options = { ...compilerOptions(), noUnusedLocals: false, noUnusedParameters: false }
  const program = ts.createProgram(files, options)
  return (file) => {
    const source = program.getSourceFile(file)
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((one) => {
      const line = one.file ? one.file.getLineAndCharacterOfPosition(one.start ?? 0).line + 1 : 0
      return `line ${line}: ${ts.flattenDiagnosticMessageText(one.messageText, '\n')}`
    })
  }
}

function execute(folder: string, files: readonly string[]): Executions {
  const report = join(folder, 'report.json')
  const program = join(root, 'spec/docs/execute.ts')
  const urls = files.map((file) => pathToFileURL(file).href)
  const options = { cwd: root, input: JSON.stringify({ urls, report }), timeout: mostMilliseconds }
  spawnSync(process.execPath, ['--import', 'tsx', program], { ...options, encoding: 'utf8' })
  const byUrl = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Executions) : {}
  return Object.fromEntries(Object.entries(byUrl).map(([url, execution]) => [fileURLToPath(url), execution]))
}
