import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { trialsOf as driveTrialsOf } from '../adapters/failingLives'
import { stories as driveStories } from '../adapters/failingStories'
import { faultsOfAll, type Trial } from '../adapters/failingTrials'
import { live, trialsOf } from './failingLives'
import { stories } from './failingStories'

// npm run failing-hosts [-- --for 500 --state failing-hosts-state.json]: every life of every story, under `createHost` and under
// `drive`, whose k-th call of a port fails or whose process dies at its k-th write, for every k. What was done stands in the state
// file: start it again and it goes on. `--for`: stop after so many seconds.

const words = process.argv.slice(2)
const option = (name: string, otherwise: string): string => {
  const at = words.indexOf(`--${name}`)
  return at < 0 ? otherwise : (words[at + 1] ?? otherwise)
}

interface State {
  /** The next life of each story. */
  readonly next: Record<string, number>
  readonly done: string[]
  readonly faults: string[]
}

const stateFile = option('state', 'failing-hosts-state.json')
const endsAt = Date.now() + Number(option('for', '1e9')) * 1000
const state: State = existsSync(stateFile)
  ? (JSON.parse(readFileSync(stateFile, 'utf8')) as State)
  : { next: {}, done: [], faults: [] }
const save = (): void => {
  writeFileSync(`${stateFile}.new`, JSON.stringify(state))
  renameSync(`${stateFile}.new`, stateFile)
}

const all: Readonly<Record<string, () => Promise<readonly Trial[]>>> = Object.fromEntries([
  ...driveStories.map((story) => [`drive: ${story.name}`, () => driveTrialsOf(story)] as const),
  ...stories.map(
    (story) =>
      [`createHost: ${story.name}`, async () => trialsOf(story, await live(story, { kind: 'smooth' }))] as const,
  ),
])
const livesBetweenSaves = 64

for (const [name, trialsOfStory] of Object.entries(all)) {
  if (Date.now() > endsAt || state.done.includes(name)) continue
  const trials = await trialsOfStory()
  while (Date.now() <= endsAt && (state.next[name] ?? 0) < trials.length) {
    const next = state.next[name] ?? 0
    for (const fault of await faultsOfAll(trials.slice(next, next + livesBetweenSaves))) {
      state.faults.push(`${name}: ${fault}`)
      console.log(`${name}: ${fault}`)
    }
    state.next[name] = Math.min(next + livesBetweenSaves, trials.length)
    save()
  }
  const tried = state.next[name] ?? 0
  if (tried === trials.length) state.done.push(name)
  console.log(`${name}: ${tried} of ${trials.length} lives`)
}
save()
const lives = Object.values(state.next).reduce((sum, count) => sum + count, 0)
const isDone = state.done.length === Object.keys(all).length
console.log(`${lives} lives, ${state.faults.length} faults${isDone ? '' : '. Not done: start it again'}`)
process.exitCode = state.faults.length > 0 ? 1 : 0
