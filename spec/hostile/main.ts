import { fork } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { publishedEntries } from '../../tsup.config'
import type { Casualty } from './attack'
import { type Target, targetsOf } from './targets'

// npm run attack [-- --seed 7 --inputs 1000000 --state attack.json --only simulate]: every published function, a child process
// each, with a watchdog for each input. What was done stands in the state file: start it again and it goes on.

interface State {
  readonly seed: number
  /** Inputs that a function has survived or not, by `entry name`. */
  readonly done: Record<string, number>
  readonly casualties: Casualty[]
}

const usage = { seed: '1', inputs: '1000000', state: 'attack-state.json', only: '' }

function options(words: readonly string[]): typeof usage {
  const given: Record<string, string> = { ...usage }
  for (let at = 0; at < words.length; at += 2) given[(words[at] ?? '').replace(/^--/, '')] = words[at + 1] ?? ''
  return given as typeof usage
}

const { seed, inputs, state: stateFile, only } = options(process.argv.slice(2))
const state: State = existsSync(stateFile)
  ? (JSON.parse(readFileSync(stateFile, 'utf8')) as State)
  : { seed: Number(seed), done: {}, casualties: [] }
const save = (): void => writeFileSync(stateFile, JSON.stringify(state, undefined, 1))

/** Memory of a child: what is loaded, and 256 MB for an input. */
const heapMegabytes = 200 + 256
const worker = fileURLToPath(new URL('./worker.ts', import.meta.url))

export interface Told {
  readonly done: number
  readonly casualty?: Casualty
  readonly heapMegabytes?: number
}

/** Attacks from the last input that is told; false where the child died, and it is not known yet by which input. */
function attackIn({ entry, name }: Target, until: number, isExact: boolean): Promise<boolean> {
  const key = `${entry} ${name}`
  return new Promise((resolve) => {
    const from = state.done[key] ?? 0
    const child = fork(worker, [entry, name, String(state.seed), String(from), String(until), String(isExact)], {
      execArgv: [...process.execArgv, '--expose-gc', `--max-old-space-size=${heapMegabytes}`],
      stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
    })
    child.on('message', ({ done, casualty, heapMegabytes: heap }: Told) => {
      state.done[key] = done
      if (casualty) {
        state.casualties.push(casualty)
        console.log(JSON.stringify(casualty, undefined, 1))
      }
      if (heap !== undefined) console.log(`${key}: ${done} inputs, ${heap} MB`)
      save()
    })
    child.on('close', (code, signal) => {
      if (code !== 0 && isExact) noteDeath(entry, name, signal ?? String(code))
      resolve(code === 0 || isExact)
    })
  })
}

/** It was told as the last one before it was tried. */
function noteDeath(entry: string, name: string, end: string): void {
  const key = `${entry} ${name}`
  const index = state.done[key] ?? 0
  const problem = `takes too long or more than 256 MB, or ends the process (${end})`
  const casualty: Casualty = { entry, name, seed: state.seed, index, problem, input: 'see seed and index' }
  state.casualties.push(casualty)
  state.done[key] = index + 1
  console.log(JSON.stringify(casualty, undefined, 1))
  save()
}

const targets = (await Promise.all(Object.keys(publishedEntries).map(targetsOf))).flat()
for (const target of targets) {
  if (only !== '' && !only.split(',').includes(target.name)) continue
  let isExact = false
  while ((state.done[`${target.entry} ${target.name}`] ?? 0) < Number(inputs)) {
    isExact = !(await attackIn(target, Number(inputs), isExact))
  }
}
const total = Object.values(state.done).reduce((sum, count) => sum + count, 0)
console.log(`${total} inputs of seed ${state.seed}, ${state.casualties.length} casualties`)
process.exitCode = state.casualties.length > 0 ? 1 : 0
