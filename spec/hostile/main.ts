import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { publishedEntries } from '../../tsup.config'
import type { Casualty } from './attack'
import { printed } from './printed'
import { randomOf } from './random'
import { smallerBy } from './smaller'
import { readState, type State, saveState } from './state'
import { type Target, targetsOf } from './targets'
import type { Order, Told } from './told'

// npm run attack [-- --seed 7 --total 1000000 --minutes 5 ...]: see docs/internals/testing.md. Every published function
// in child processes with a watchdog for each input. What was done stands in the state file: start it again and it goes on.

const usage = { seed: '1', total: '', inputs: '', minutes: '', state: 'attack-state.json', only: '', entry: '' }

function options(words: readonly string[]): typeof usage {
  const given: Record<string, string> = { ...usage }
  for (let at = 0; at < words.length; at += 2) {
    const name = (words[at] ?? '').replace(/^--/, '')
    if (!Object.hasOwn(usage, name)) throw new Error(`no option ${words[at]}: ${Object.keys(usage).join(', ')} are`)
    given[name] = words[at + 1] ?? ''
  }
  return given as typeof usage
}

const { seed, total, inputs, minutes, state: stateFile, only, entry: wantedEntry } = options(process.argv.slice(2))
const state: State = readState(stateFile, Number(seed))
const deadline = minutes === '' ? Number.MAX_SAFE_INTEGER : Date.now() + Number(minutes) * 60_000
const worker = fileURLToPath(new URL('./worker.ts', import.meta.url))

/** What is loaded (29 MB), room for garbage, and 256 MB for an input. */
const heapMegabytes = 64 + 256

/** Resolves with the exit code, or with the signal. */
function runChild(order: Order, hear: (told: Told) => void): Promise<number | string> {
  return new Promise((resolve) => {
    const child = fork(worker, [JSON.stringify(order)], {
      execArgv: [...process.execArgv, '--expose-gc', `--max-old-space-size=${heapMegabytes}`],
      stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
    })
    child.on('message', hear)
    child.on('close', (code, signal) => resolve(signal ?? code ?? 1))
  })
}

const whom = ({ entry, name }: Target) => ({ entry, name, seed: state.seed, mostPicks: 400 })

function note(casualty: Casualty): void {
  state.casualties.push(casualty)
  console.log(JSON.stringify(casualty, undefined, 1))
  saveState(stateFile, state)
}

/** Attacks from the last input that is told; false where the child died, and it is not known yet by which input. */
async function attackIn(target: Target, until: number, isExact: boolean): Promise<boolean> {
  const key = `${target.entry} ${target.name}`
  const order: Order = { kind: 'attack', ...whom(target), from: state.done[key] ?? 0, until, deadline, isExact }
  const end = await runChild(order, (told) => {
    if (!('done' in told)) return
    state.done[key] = told.done
    if (told.casualty) note(told.casualty)
    if (told.heapMegabytes !== undefined) console.log(`${key}: ${told.done} inputs, ${told.heapMegabytes} MB`)
    saveState(stateFile, state)
  })
  if (end === 0) return true
  if (!isExact) return false
  // It was told as the last one before it was tried.
  const index = state.done[key] ?? 0
  state.done[key] = index + 1
  note(await deathOf(target, index, String(end)))
  return true
}

const mostShrinks = 60

/** The smallest input that kills a child, as far as it could be found. */
async function deathOf(target: Target, index: number, end: string): Promise<Casualty> {
  const picks: number[] = []
  for (let round = 0; round < mostShrinks; round++) {
    let trying = -1
    const outcome = await runChild({ kind: 'shrink', ...whom(target), index, picks }, (told) => {
      if ('trying' in told) trying = told.trying
    })
    if (outcome === 0 || trying < 0) break
    picks.push(trying)
  }
  const input = printed(smallerBy(target.inputOf(randomOf(state.seed, index)), picks))
  const problem = `takes more than 1 s or 256 MB, or ends the process (${end})`
  return { entry: target.entry, name: target.name, seed: state.seed, index, problem, input }
}

const entries = wantedEntry === '' ? Object.keys(publishedEntries) : [wantedEntry]
const targets = (await Promise.all(entries.map(targetsOf)))
  .flat()
  .filter(({ name }) => only === '' || only.split(',').includes(name))
const each = total === '' ? Number(inputs || 1_000_000) : Math.ceil(Number(total) / targets.length)

for (const target of targets) {
  const key = `${target.entry} ${target.name}`
  let isExact = false
  while ((state.done[key] ?? 0) < each && Date.now() < deadline) isExact = !(await attackIn(target, each, isExact))
}
saveState(stateFile, state)
const open = targets.filter(({ entry, name }) => (state.done[`${entry} ${name}`] ?? 0) < each)
const sum = Object.values(state.done).reduce((all, count) => all + count, 0)
console.log(`${sum} inputs of seed ${state.seed} in ${targets.length} functions, ${state.casualties.length} casualties`)
if (open.length > 0) console.log(`${open.length} functions are not done: start it again`)
process.exitCode = state.casualties.length > 0 ? 1 : 0
