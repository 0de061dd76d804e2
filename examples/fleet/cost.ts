import { fileURLToPath } from 'node:url'
import { manualClock, memoryHost } from 'rollout-engine/memory'
import { objectsAt, rolloutAt } from './rollouts'

/** Processor time for one Rollout of a fleet. */
export interface Cost {
  readonly installMilliseconds: number
  readonly updateMilliseconds: number
}

const cpuMilliseconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** A fleet is installed, and a part of it updated at once; nobody waits, since the clock is in our hands. */
export async function costOfOne(rollouts: number, updating: number): Promise<Cost> {
  const clock = manualClock('2030-01-01T00:00:00Z')
  const objects = Array.from({ length: rollouts }, (_, at) => objectsAt(at, 'web:1', 1)).flat()
  const traffic = { apply: () => undefined, verifyWeight: () => ({ verified: true }) }
  const host = memoryHost(objects, { clock, traffic })
  const stop = new AbortController()
  const before = cpuMilliseconds()
  const running = host.run(stop.signal)
  await clock.advance(20)
  const installed = cpuMilliseconds()
  for (let at = 0; at < updating; at++) host.cluster.applyObject(rolloutAt(at, 'web:2', 1))
  await clock.advance(30)
  const updated = cpuMilliseconds()
  stop.abort()
  await running
  const promoted = host.cluster.objects().filter(({ kind, metadata, status }) => {
    const { phase } = (status ?? {}) as { readonly phase?: string }
    return kind === 'Rollout' && phase === 'Healthy' && metadata.annotations?.['rollout.argoproj.io/revision'] === '2'
  })
  if (promoted.length !== updating) throw new Error(`${promoted.length} of ${updating} are updated`)
  return {
    installMilliseconds: (installed - before) / rollouts,
    updateMilliseconds: (updated - installed) / updating,
  }
}

// tsx cost.ts ROLLOUTS UPDATING TIMES: prints the cost as JSON. What a program does first is slower, so it warms up.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [rollouts = 100, updating = 10, times = 1] = process.argv.slice(2).map(Number)
  for (let time = 0; time < 5; time++) await costOfOne(100, 50)
  const all: Cost[] = []
  for (let time = 0; time < times; time++) all.push(await costOfOne(rollouts, updating))
  const mean = (read: (cost: Cost) => number): number => all.reduce((sum, cost) => sum + read(cost), 0) / all.length
  const cost: Cost = {
    installMilliseconds: mean((one) => one.installMilliseconds),
    updateMilliseconds: mean((one) => one.updateMilliseconds),
  }
  console.log(JSON.stringify(cost))
}
