import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { watched } from '../watchdog'
import { type NamedSituation, observedIn, situationsOf, sweptFamilies } from './observations'
import { exhausted, fieldIn, type Plan, planOf, stepOf } from './plan'
import { frozen, hostileValues, mostMilliseconds, tryField } from './tryField'

// npm run sweep [-- --seed 7 --rounds 10 --every 4 --state sweep.json --only canary-basic --for 300]: every field of the recorded
// observations holds each of 49 hostile values, one at a time. What was done stands in the state file: start it again and it goes
// on. `--every`: of one in so many observations. `--for`: stop after so many seconds.

interface Casualty {
  readonly family: string
  readonly observation: string
  readonly path: string
  readonly value: number
  readonly number: number
  readonly problem: string
}

interface State {
  readonly seed: number
  readonly every: number
  /** The next step of each family. */
  readonly next: Record<string, number>
  readonly decisions: Record<string, number>
  readonly coverage: Record<string, string>
  longest: { readonly milliseconds: number; readonly where: string }
  readonly casualties: Casualty[]
}

const words = process.argv.slice(2)
const option = (name: string, otherwise: string): string => {
  const at = words.indexOf(`--${name}`)
  return at < 0 ? otherwise : (words[at + 1] ?? otherwise)
}
const stateFile = option('state', 'sweep-state.json')
const rounds = Number(option('rounds', '3'))
const only = option('only', '')
const endsAt = Date.now() + Number(option('for', '1e9')) * 1000

const fresh: State = {
  seed: Number(option('seed', '1')),
  every: Number(option('every', '4')),
  next: {},
  decisions: {},
  coverage: {},
  longest: { milliseconds: 0, where: '' },
  casualties: [],
}
const state: State = existsSync(stateFile) ? (JSON.parse(readFileSync(stateFile, 'utf8')) as State) : fresh
const save = (): void => writeFileSync(stateFile, JSON.stringify(state, undefined, 1))
/** More than any decision that ends: those are measured by themselves. */
const watch = watched(20_000)

function sweep(family: string): void {
  const situations = situationsOf(family, state.every, state.seed)
  const observations = (function* () {
    for (const [at, situation] of situations.entries()) {
      watch(-at)
      yield observedIn(situation)
    }
  })()
  const plan = planOf(observations, state.seed, hostileValues.length)
  const until = rounds * plan.roundLength
  for (let number = state.next[family] ?? 0; number < until; number++) {
    watch(number)
    tryStep(family, plan, situations, number)
    state.next[family] = number + 1
    if (number % 1000 !== 0) continue
    save()
    if (Date.now() > endsAt) break
  }
  const done = Math.floor((state.next[family] ?? 0) / plan.roundLength)
  state.coverage[family] =
    `${situations.length} observations, ${plan.places.length} fields, ${done} rounds, ` +
    `${exhausted(plan, done)} fields in all observations that have them, ${state.decisions[family] ?? 0} decisions`
  console.log(`${family}: ${state.coverage[family]}`)
  save()
}

function tryStep(family: string, plan: Plan, situations: readonly NamedSituation[], number: number): void {
  const step = stepOf(plan, number)
  if (!step) return
  const observed = frozen(observedIn(situations[step.holder]!))
  const field = fieldIn(observed, step.path, state.seed, number)
  const { milliseconds, problem } = tryField(observed, field, hostileValues[step.value]?.())
  state.decisions[family] = (state.decisions[family] ?? 0) + 1
  if (milliseconds > state.longest.milliseconds && milliseconds < 1e6)
    state.longest = { milliseconds, where: `${observed.name} ${field.steps.join('.')} value ${step.value}` }
  if (problem === undefined) return
  const { path, value } = step
  const casualty = { family, observation: observed.name, path: field.steps.join('.'), value, number, problem }
  if (state.casualties.length < 1000) state.casualties.push(casualty)
  console.log(JSON.stringify({ ...casualty, field: path }))
}

for (const family of sweptFamilies) if ((only === '' || only === family) && Date.now() < endsAt) sweep(family)
const total = Object.values(state.decisions).reduce((sum, count) => sum + count, 0)
console.log(
  `${total} decisions of seed ${state.seed}, ${state.casualties.length} casualties (a throw, a mutation, more than ` +
    `${mostMilliseconds} ms); the longest took ${Math.round(state.longest.milliseconds)} ms: ${state.longest.where}`,
)
process.exitCode = state.casualties.length > 0 ? 1 : 0
