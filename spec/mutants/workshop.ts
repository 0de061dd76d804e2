import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { writeCases } from './recordedCases'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where the stories are that are told to a mutant which all recordings let live. */
const storyFolders = ['spec/rollout', 'spec/analysis', 'spec/experiment']

/** Stories of the reducer, and what they import; those about recordings or the documentation stay behind. */
const storyFiles = (): string[] => [
  ...storyFolders
    .flatMap(filesBelow)
    .filter((file) => !/readCases|recordedSituations|docs\//.test(readFileSync(join(root, file), 'utf8'))),
  ...filesBelow('spec/conformance'),
  ...filesBelow('spec/properties').filter((file) => !file.endsWith('.spec.ts')),
]

/** A copy of the sources, outside the project, that one mutant after the other is put into. */
export interface Workshop {
  /** Compiled, for recordings: starts fast. */
  readonly compiled: string
  /** As written, for stories. */
  readonly written: string
  /** Recorded cases, shared by all. */
  readonly cases: string
  /** For its own files. */
  readonly own: string
}

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: true,
}
const compile = (text: string): string => ts.transpileModule(text, { compilerOptions }).outputText
const compiledName = (file: string): string => file.replace(/\.ts$/, '.js')

function filesBelow(folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
}

function put(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), text)
}

/** Workshops that work at the same time, and what they share. */
export interface Workshops {
  /** A new folder; the caller removes it. */
  readonly folder: string
  /** Names of the recorded cases, by number. */
  readonly cases: readonly string[]
  readonly workshops: readonly Workshop[]
}

export function openWorkshops(count: number): Workshops {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-mutants-'))
  const workshops = Array.from({ length: count }, (_, index) => {
    const own = join(folder, `${index}`)
    return { own, compiled: join(own, 'compiled'), written: join(own, 'written'), cases: join(folder, 'cases') }
  })
  const [first] = workshops
  if (first) fill(first)
  for (const { own } of workshops.slice(1)) cpSync(join(folder, '0'), own, { recursive: true })
  for (const place of workshops.flatMap(({ compiled, written }) => [compiled, written])) {
    symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'), 'dir')
  }
  return { folder, workshops, cases: writeCases(join(folder, 'cases')) }
}

function fill({ compiled, written }: Workshop): void {
  const sources = filesBelow('src')
  for (const file of [...sources, ...filesBelow('spec/conformance'), ...filesBelow('spec/mutants')]) {
    put(compiled, compiledName(file), compile(readFileSync(join(root, file), 'utf8')))
  }
  writeFileSync(join(compiled, 'package.json'), '{ "type": "commonjs" }')
  for (const file of [...sources, ...storyFiles(), 'vitest.config.ts', 'package.json']) {
    put(written, file, readFileSync(join(root, file), 'utf8'))
  }
}

export function putSource({ compiled, written }: Workshop, file: string, text: string): void {
  put(compiled, compiledName(file), compile(text))
  put(written, file, text)
}

interface Ended {
  readonly code: number | undefined
  readonly output: string
}

/** Runs a process; one that says nothing for so long is ended, and has no code. */
function run(words: readonly string[], cwd: string, silentSeconds: number): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, words, { cwd, stdio: ['ignore', 'pipe', 'ignore'] })
    let output = ''
    const give = (): void => {
      child.kill('SIGKILL')
    }
    let timer = setTimeout(give, silentSeconds * 1000)
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
      clearTimeout(timer)
      timer = setTimeout(give, silentSeconds * 1000)
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ code: code ?? undefined, output })
    })
  })
}

/** The number of the first recorded case that a workshop's sources fail; undefined where all pass. */
export async function failedRecording(
  workshop: Workshop,
  cases: readonly number[],
  report?: string,
): Promise<number | 'hangs' | 'does not load' | undefined> {
  if (cases.length === 0) return undefined
  const numbers = join(workshop.own, 'numbers.json')
  writeFileSync(numbers, JSON.stringify(cases))
  const script = join(workshop.compiled, 'spec/mutants/judgeTraces.js')
  const words = [script, workshop.cases, numbers, ...(report === undefined ? [] : [report])]
  const { code, output } = await run(words, workshop.compiled, 60)
  if (code === 0) return undefined
  if (code === undefined) return 'hangs'
  const number = output.trim().split('\n')[1]
  return number === undefined ? 'does not load' : Number(number)
}

/** Whether a story about the reducer of a file fails on a workshop's sources. */
export async function failsStories(workshop: Workshop, file: string): Promise<boolean> {
  const storyFolder = file.replace(/^src\/(\w+)\/.*$/, 'spec/$1')
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const { code } = await run([vitest, 'run', '--bail=1', storyFolder], workshop.written, 300)
  return code !== 0
}
