import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { randomOf } from '../random'
import { watched } from '../watchdog'
import { placesOf } from './fields'
import { allSweptFamilies, everySituation, type Observed, observedIn } from './observations'
import { noteFields, type Sort, type Sorts, type Trial, trialsOf } from './sorts'
import { frozen, hostileValues, mostMilliseconds, tryField } from './tryField'

// npm run sweep [-- --seed 7 --values 8 --every 4 --only canary-basic --state sweep.json --for 300]: fields of the recorded
// observations hold hostile values, one at a time. First all observations are looked through for the sorts of their fields, then
// each sort gets its values. What was done stands in the state file: start it again and it goes on. `--values`: so many of the 49
// values for each sort. `--every`: one of so many observations. `--for`: stop after so many seconds.

interface Casualty {
  readonly family: string
  readonly observation: string
  readonly path: string
  readonly value: number
  readonly problem: string
}

interface State {
  readonly seed: number
  readonly every: number
  readonly values: number
  /** Observations of each family that was looked through. */
  readonly observations: Record<string, number>
  /** The next observation of each family. */
  readonly next: Record<string, number>
  decisions: number
  longest: { readonly milliseconds: number; readonly where: string }
  readonly casualties: Casualty[]
}

const words = process.argv.slice(2)
const option = (name: string, otherwise: string): string => {
  const at = words.indexOf(`--${name}`)
  return at < 0 ? otherwise : (words[at + 1] ?? otherwise)
}
const stateFile = option('state', 'sweep-state.json')
const sortsFile = `${stateFile}.sorts`
const only = option('only', '')
const families = allSweptFamilies.filter((family) => only === '' || only.split(',').includes(family))
const endsAt = Date.now() + Number(option('for', '1e9')) * 1000
const isOver = (): boolean => Date.now() > endsAt

const fresh: State = {
  seed: Number(option('seed', '1')),
  every: Number(option('every', '1')),
  values: Number(option('values', String(hostileValues.length))),
  observations: {},
  next: {},
  decisions: 0,
  longest: { milliseconds: 0, where: '' },
  casualties: [],
}
const read = <T>(file: string, otherwise: T): T =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : otherwise
const state = read(stateFile, fresh)
const sorts: Sorts = new Map(read<[string, Sort][]>(sortsFile, []))
const save = (file: string, value: unknown): void => {
  writeFileSync(`${file}.new`, JSON.stringify(value))
  renameSync(`${file}.new`, file)
}

/** More than any decision that ends: those are measured by themselves. */
const watch = watched(20_000)

/** Numbers of the observations of one family begin here. */
const numbersFrom = (family: string): number => allSweptFamilies.indexOf(family) * 1_000_000

function* observationsOf(family: string): Generator<readonly [index: number, observe: () => Observed]> {
  let index = 0
  for (const situation of everySituation(family)) {
    if ((index + state.seed) % state.every === 0) yield [index, () => observedIn(situation)]
    index++
  }
}

function lookThrough(family: string): void {
  let count = 0
  for (const [index, observe] of observationsOf(family)) {
    watch(index)
    noteFields(sorts, observe(), numbersFrom(family) + index, hostileValues.length)
    count++
  }
  state.observations[family] = count
  save(sortsFile, [...sorts])
  save(stateFile, state)
  console.log(`${family}: ${count} observations; ${sorts.size} sorts of fields so far`)
}

function sweep(family: string, trials: ReadonlyMap<number, readonly Trial[]>): void {
  for (const [index, observe] of observationsOf(family)) {
    const wanted = trials.get(numbersFrom(family) + index)
    if (!wanted || index < (state.next[family] ?? 0)) continue
    watch(index)
    tryAll(family, frozen(observe()), wanted)
    state.next[family] = index + 1
    if (index % 100 === 0) save(stateFile, state)
    if (isOver()) return
  }
  state.next[family] = Number.MAX_SAFE_INTEGER
  console.log(`${family} is done: ${state.decisions} decisions so far`)
}

function tryAll(family: string, observed: Observed, trials: readonly Trial[]): void {
  const places = placesOf(observed.observation)
  for (const [number, { path, value }] of trials.entries()) {
    const field = randomOf(state.seed, number).pick(places.get(path)!)
    const { milliseconds, problem } = tryField(observed, field, hostileValues[value]?.())
    state.decisions++
    const where = field.steps.join('.')
    if (milliseconds > state.longest.milliseconds && Number.isFinite(milliseconds))
      state.longest = { milliseconds, where: `${observed.name} ${where} value ${value}` }
    if (problem === undefined) continue
    const casualty = { family, observation: observed.name, path: where, value, problem }
    if (state.casualties.length < 1000) state.casualties.push(casualty)
    console.log(JSON.stringify(casualty))
  }
}

const isLookedThrough = (): boolean => families.every((family) => family in state.observations)

for (const family of families) if (!isOver() && !(family in state.observations)) lookThrough(family)
if (isLookedThrough()) {
  const trials = trialsOf(sorts, hostileValues.length, state.values)
  for (const family of families) if (!isOver()) sweep(family, trials)
}
save(stateFile, state)
const isDone = isLookedThrough() && families.every((family) => state.next[family] === Number.MAX_SAFE_INTEGER)
const all = Object.values(state.observations).reduce((sum, count) => sum + count, 0)
console.log(
  `${state.decisions} decisions of seed ${state.seed} (${sorts.size} sorts of fields in ${all} observations, ${state.values} of ` +
    `${hostileValues.length} values each or more), ${state.casualties.length} casualties (a throw, a mutation, more than ` +
    `${mostMilliseconds} ms); the longest took ${Math.round(state.longest.milliseconds)} ms: ${state.longest.where}` +
    `${isDone ? '' : '. Not done: start it again'}`,
)
process.exitCode = state.casualties.length > 0 ? 1 : 0
