import { appendFileSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { runInThisContext } from 'node:vm'
import type { Judge } from '../conformance/judge'
import { inTurn } from './inTurn'
import type { Plan } from './plan'
import { type Asked, bytesOf, isKnown, mark, readReach, writeReach } from './reach'
import { casesOf, judgeName, partsOf } from './recordings'
import { newRuntime, type Runtime } from './runtime'
import type { Story } from './vitestShim'

// node worker.cjs FOLDER END: a process of its own, so that a mutant that does not end can be ended. Works off the plan in the
// folder until that moment: what is reached, then the mutants. Says which mutant is on, notes what became of it, and goes on.

const [, , folder = '.', end = '0'] = process.argv
const plan = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as Plan
const isOver = (): boolean => Date.now() > Number(end)

/** Longest, in milliseconds, that recordings, and then stories, are asked about one mutant. */
const patience = plan.patienceMilliseconds

/** What takes longer says no more about one mutant than many cheap ones do. */
const dearest = 800

let row = new Uint8Array(bytesOf(plan.mutants.length))

interface Bundle {
  readonly runtime: Runtime
  readonly exported: Readonly<Record<string, unknown>>
}

const scripts = new Map<string, (module: object, exports: object, require: NodeJS.Require, mutants: Runtime) => void>()
const required = createRequire(join(process.cwd(), 'package.json'))

/** Evaluates a bundle anew; with a mutant on, also what is evaluated once when a file is loaded. */
function load(name: string, on = 0): Bundle {
  const file = join(folder, `${name}.cjs`)
  const wrapped = `(function (module, exports, require, __mutants) {${readFileSync(file, 'utf8')}\n})`
  const script = scripts.get(name) ?? runInThisContext(wrapped, { filename: file })
  scripts.set(name, script)
  const runtime = newRuntime((mutant) => mark(row, mutant))
  runtime.on = on
  const module = { exports: {} }
  script(module, module.exports, required, runtime)
  return { runtime, exported: module.exports }
}

const storiesOf = ({ exported }: Bundle): readonly Story[] => exported.stories as Story[]

/** Cases as they are asked; those of the last few hundred stay in memory. */
const parts = new Map<string, ReturnType<typeof partsOf>>()
const cases = new Map<string, ReturnType<typeof casesOf>>()
const mostRemembered = 1500

function partOf({ family, index, part }: Asked): ReturnType<typeof partsOf>[number] {
  const key = `${family} ${index}`
  const all = cases.get(family) ?? casesOf(family, plan.every)
  cases.set(family, all)
  const known = parts.get(key) ?? partsOf(structuredClone(all[index] ?? { id: '', family, tags: [] }))
  if (parts.size > mostRemembered) parts.clear()
  parts.set(key, known)
  return known[part] ?? { id: '', family, tags: [] }
}

/** Whether somebody notices: the judged part differs from the recording, or throws. */
async function notices(bundle: Bundle, asked: Asked): Promise<boolean> {
  bundle.runtime.forget()
  try {
    if (asked.family === 'stories') {
      await storiesOf(bundle)[asked.index]?.run()
      return false
    }
    const judge = bundle.exported[judgeName(asked.family)] as Judge
    const units = judge(partOf(asked))
    return units.length === 0 || units.some(({ differences }) => differences.length > 0)
  } catch {
    return true
  }
}

async function findReach(): Promise<void> {
  for (const family of [...plan.families, 'stories']) {
    if (isKnown(folder, family)) continue
    if (isOver()) return
    const bundle = load(family === 'stories' ? 'stories-probes' : 'recordings-probes')
    const asked: Asked[] = []
    for (const question of questionsOf(family, bundle)) {
      row = new Uint8Array(bytesOf(plan.mutants.length))
      process.send?.({ asks: question.name })
      const begin = performance.now()
      const fails = await notices(bundle, { ...question, milliseconds: 0, row })
      const milliseconds = performance.now() - begin
      if (fails) process.send?.({ fails: question.name })
      else if (milliseconds < dearest) asked.push({ ...question, milliseconds, row })
    }
    writeReach(folder, family, asked)
    process.send?.({ reached: family, questions: asked.length })
  }
}

type Unasked = Omit<Asked, 'milliseconds' | 'row'>

function* questionsOf(family: string, bundle: Bundle): Generator<Unasked> {
  if (family === 'stories') {
    for (const [index, { file, name }] of storiesOf(bundle).entries())
      yield { family, index, part: 0, name: `${file} > ${name}` }
    return
  }
  for (const [index, testCase] of casesOf(family, plan.every).entries()) {
    const count = partsOf(structuredClone(testCase)).length
    for (let part = 0; part < count; part++) yield { family, index, part, name: `${family} ${testCase.id} ${part}` }
  }
}

interface Verdict {
  readonly killer?: string
  readonly asked: number
}

/** Asks until one notices, the time is up, or none is left. */
async function ask(bundle: Bundle, questions: Iterable<Asked>, killers: Asked[]): Promise<Verdict> {
  const begin = performance.now()
  let asked = 0
  for (const question of questions) {
    if (asked > 0 && performance.now() - begin > patience) break
    asked++
    if (!(await notices(bundle, question))) continue
    killers.unshift(question)
    if (killers.length > 8) killers.pop()
    return { killer: question.name, asked }
  }
  return { asked }
}

async function judgeMutants(): Promise<void> {
  const all = plan.families.flatMap((family) => readReach(folder, family, plan.mutants.length))
  const stories = readReach(folder, 'stories', plan.mutants.length)
  const done = new Set(plan.done)
  const bundles = { recordings: load('recordings-switches'), stories: load('stories-switches') }
  const killers: Record<keyof typeof bundles, Asked[]> = { recordings: [], stories: [] }
  for (const [at, mutant] of plan.mutants.entries()) {
    if (done.has(at)) continue
    if (isOver()) return
    process.send?.({ begins: at })
    let verdict: Verdict = { asked: 0 }
    let reach = 0
    for (const name of ['recordings', 'stories'] as const) {
      if (verdict.killer !== undefined) break
      const questions = inTurn(name === 'stories' ? stories : all, at, mutant, killers[name])
      reach += questions.length
      try {
        const bundle = mutant.isStatic ? load(`${name}-switches`, at + 1) : bundles[name]
        bundle.runtime.on = at + 1
        const { killer, asked } = await ask(bundle, questions, killers[name])
        verdict = { killer, asked: verdict.asked + asked }
        bundle.runtime.on = 0
      } catch {
        verdict = { killer: 'does not load', asked: verdict.asked }
      }
    }
    const by = verdict.killer === undefined ? {} : { killer: verdict.killer }
    appendFileSync(join(folder, 'fates.jsonl'), `${JSON.stringify({ at, ...by, asked: verdict.asked, reach })}\n`)
  }
}

async function main(): Promise<void> {
  await findReach()
  if (!isOver()) await judgeMutants()
  process.exit(0)
}

process.on('unhandledRejection', () => undefined)
run(main())

function run(promise: Promise<void>): void {
  promise.catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  })
}
