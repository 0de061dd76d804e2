import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { publishedEntries } from '../../tsup.config'
import type { Casualty } from './attack'
import { printed } from './printed'
import { randomOf } from './random'
import { smallerBy } from './smaller'
import { readState, type State, saveState } from './state'
import { type Target, targetsOf } from './targets'
import { type Ended, keyOf, type Order, type Told } from './told'

// npm run attack [-- --seed 7 --total 1000000 --minutes 5 ...]: see docs/internals/testing.md. Every published function
// in child processes with a watchdog for each input. What was done stands in the state file: start it again and it goes on.

const usage = {
  seed: '1',
  total: '',
  inputs: '',
  seconds: '',
  minutes: '',
  state: 'attack-state.json',
  only: '',
  entry: '',
}

function options(words: readonly string[]): typeof usage {
  const given: Record<string, string> = { ...usage }
  for (let at = 0; at < words.length; at += 2) {
    const name = (words[at] ?? '').replace(/^--/, '')
    if (!Object.hasOwn(usage, name)) throw new Error(`no option ${words[at]}: ${Object.keys(usage).join(', ')} are`)
    given[name] = words[at + 1] ?? ''
  }
  return given as typeof usage
}

const {
  seed,
  total,
  inputs,
  seconds,
  minutes,
  state: stateFile,
  only,
  entry: wantedEntry,
} = options(process.argv.slice(2))
const state: State = readState(stateFile, Number(seed))
const deadline = minutes === '' ? Number.MAX_SAFE_INTEGER : Date.now() + Number(minutes) * 60_000
const worker = fileURLToPath(new URL('./worker.ts', import.meta.url))

/** What is loaded (60 MB), room for garbage, and 256 MB for an input. */
const heapMegabytes = 96 + 256

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

function note(casualty: Casualty): void {
  state.casualties.push(casualty)
  console.log(JSON.stringify(casualty, undefined, 1))
  saveState(stateFile, state)
}

const mostSeconds = seconds === '' ? 1e9 : Number(seconds)
const secondsLeftOf = (target: Target): number => mostSeconds - (state.seconds[keyOf(target)] ?? 0)
const doneOf = (target: Target): number => state.done[keyOf(target)] ?? 0

function noteEnd(key: string, done: number, ended: Ended): void {
  state.seconds[key] = (state.seconds[key] ?? 0) + ended.seconds
  console.log(`${key}: ${done} inputs, ${state.seconds[key]?.toFixed(1)} s, ${ended.heapMegabytes} MB`)
}

/** Attacks from the last input that is told; false where the child died, and it is not known yet by which input. */
async function attackIn(targets: readonly Target[], isExact: boolean): Promise<boolean> {
  const jobs = targets.map((target) => {
    const { entry, name } = target
    return { entry, name, from: doneOf(target), until: wantedOf(target), seconds: secondsLeftOf(target) }
  })
  const order: Order = { kind: 'attack', seed: state.seed, jobs, deadline, isExact }
  const end = await runChild(order, (told) => {
    if (!('done' in told)) return
    state.done[told.key] = told.done
    if (told.casualty) note(told.casualty)
    if (told.ended) noteEnd(told.key, told.done, told.ended)
    saveState(stateFile, state)
  })
  if (end === 0) return true
  const [target] = targets
  if (!isExact || !target) return false
  // It was told as the last one before it was tried.
  const index = doneOf(target)
  state.done[keyOf(target)] = index + 1
  note(await deathOf(target, index, String(end)))
  return true
}

const mostShrinks = 60

/** The smallest input that kills a child, as far as it could be found. */
async function deathOf(target: Target, index: number, end: string): Promise<Casualty> {
  const picks: number[] = []
  for (let round = 0; round < mostShrinks; round++) {
    let trying = -1
    const { entry, name } = target
    const order: Order = { kind: 'shrink', seed: state.seed, entry, name, index, picks, mostPicks: 400 }
    const outcome = await runChild(order, (told) => {
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

/** Whoever reads no argument does the same every time. */
const mostInputsOfNothing = 100

const wantedOf = ({ takesNothing }: Target): number => (takesNothing ? Math.min(each, mostInputsOfNothing) : each)

const openTargets = (): readonly Target[] =>
  targets.filter((target) => doneOf(target) < wantedOf(target) && secondsLeftOf(target) > 0)

// They are attacked in order: where a child dies, it was the first open one that killed it.
let isExact = false
for (let open = openTargets(); open.length > 0 && Date.now() < deadline; open = openTargets())
  isExact = !(await attackIn(isExact ? open.slice(0, 1) : open, isExact))
saveState(stateFile, state)
const open = openTargets()
const sum = Object.values(state.done).reduce((all, count) => all + count, 0)
console.log(`${sum} inputs of seed ${state.seed} in ${targets.length} functions, ${state.casualties.length} casualties`)
if (open.length > 0) console.log(`${open.length} functions are not done: start it again`)
process.exitCode = state.casualties.length > 0 ? 1 : 0
