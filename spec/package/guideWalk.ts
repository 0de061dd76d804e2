import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { root } from './packed'

// The walk of docs/guides/testing-strategies.md: its files are written, its commands run, in their order, in one folder.

/** A file that the guide says to write, or a command with what it prints. */
export type GuideStep =
  | { readonly file: string; readonly text: string }
  | { readonly command: string; readonly printed: string }

const section = 'From nothing to a found outage'

/** Blocks with a file name, and consoles, of the section. */
export function guideSteps(): readonly GuideStep[] {
  const text = readFileSync(join(root, 'docs/guides/testing-strategies.md'), 'utf8')
  const walk = text.slice(text.indexOf(`## ${section}`)).split(/^## /m)[1] ?? ''
  return [...walk.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(([, language, file, body = '']) => {
    if (language !== 'console') return { file: file ?? '', text: body }
    const [command = '', ...printed] = body.split('\n')
    return { command: command.replace(/^\$ /, ''), printed: printed.join('\n') }
  })
}

/** What `npm install` brings without a network: the project's own copies of the packages. */
export function installBeside(folder: string, names: readonly string[]): void {
  for (const name of names) {
    const link = join(folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    if (!existsSync(link)) symlinkSync(join(root, 'node_modules', name), link, 'dir')
  }
}

/** As in a shell: no colours, and no test runner around it. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { NODE_TEST_CONTEXT: _context, VITEST: _vitest, FORCE_COLOR: _colour, ...others } = process.env
  return { ...others, NO_COLOR: '1' }
}

/** What a step printed, if it is a command. */
export function takeStep(folder: string, step: GuideStep): string {
  if ('file' in step) {
    writeFileSync(join(folder, step.file), step.text)
    return ''
  }
  const [program = '', ...words] = step.command.split(' ')
  const [name = '', ...others] = program === 'npx' ? words : [program, ...words]
  const started =
    name === 'node'
      ? []
      : [name === 'vitest' ? 'node_modules/vitest/vitest.mjs' : 'node_modules/rollout-engine/dist/cli/main.js']
  const { status, stdout, stderr } = spawnSync(process.execPath, [...started, ...others], {
    cwd: folder,
    encoding: 'utf8',
    env: plainEnvironment(),
  })
  return `${stdout}${stderr}${status === 0 ? '' : `[exit code ${status}]`}`
}

/** The first line of the guide that does not come in what was printed, in its order; `...` is anything. */
export function missingLine(shown: string, printed: string): string | undefined {
  let rest = printed
  for (const line of shown.split('\n').map((one) => one.trim())) {
    for (const part of line.split('...').filter((one) => one !== '')) {
      const at = rest.indexOf(part)
      if (at < 0) return line
      rest = rest.slice(at + part.length)
    }
  }
  return undefined
}
