import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { isRedisInstalled } from '../sweep-cluster/redis'
import type { Cost } from './cost'
import type { FleetFigures } from './oneProcess'
import { runSharded } from './sharded'

// npx tsx examples/fleet/main.ts [ROLLOUTS]: the figures of the README. Takes some minutes.

const [full = 10_000] = process.argv.slice(2).map(Number)

/** A process of its own for each measurement: what one leaves behind would count for the next. */
function measured<Figures>(program: string, ...words: readonly number[]): Figures {
  const path = fileURLToPath(new URL(program, import.meta.url))
  const all = ['--expose-gc', '--import', 'tsx', path, ...words.map(String)]
  const { stdout, stderr, status } = spawnSync(process.execPath, all, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Figures
}

console.log('cost of one Rollout, a tenth of the fleet being updated at once:')
const costs = [100, 10, 1].map((part) => {
  const rollouts = full / part
  const cost = measured<Cost>('cost.ts', rollouts, rollouts / 10, Math.max(1, part / 5))
  console.log(
    `  among ${rollouts}: ${cost.installMilliseconds.toFixed(2)} ms of processor time to install, ${cost.updateMilliseconds.toFixed(2)} ms to update`,
  )
  return cost
})
const [few, , many] = costs as [Cost, Cost, Cost]
console.log(
  `  ${full} : ${full / 100} is ${(many.installMilliseconds / few.installMilliseconds).toFixed(2)} and ${(many.updateMilliseconds / few.updateMilliseconds).toFixed(2)}`,
)

const one = measured<FleetFigures>('oneProcess.ts', full, full / 10)
console.log(`one process, ${full} Rollouts, ${one.mostUpdating} updating at once, with a real clock:`)
console.log(`  ${one.reconciles} reconciles, ${one.reconcilesPerSecond.toFixed(0)} a second`)
const { median, p99 } = one.latencyMilliseconds
console.log(`  latency of a reconcile: ${median.toFixed(2)} ms median, ${p99.toFixed(1)} ms p99`)
console.log(`  longest wait in the queue: ${one.longestWaitSeconds.toFixed(1)} s`)
console.log(`  memory: ${one.rssMegabytes.toFixed(0)} MB RSS, ${one.kilobytesForOne.toFixed(1)} kB for each Rollout`)
const loop = one.eventLoopMilliseconds
console.log(`  event loop delay: ${loop.p99.toFixed(1)} ms p99, ${loop.max.toFixed(0)} ms at most`)

if (!isRedisInstalled()) console.log('redis-server is not installed: apt-get install redis-server')
else {
  const fleet = { rollouts: full, updating: full / 10, shards: 4, pauseSeconds: 5 }
  const { updateSeconds, effects, twice } = await runSharded({ ...fleet, print: console.log })
  console.log(`all updates are done after ${updateSeconds.toFixed(0)} s`)
  for (const [kind, count] of Object.entries(effects)) console.log(`  ${kind}: ${count}`)
  console.log(twice.length === 0 ? '  no effect twice' : `TWICE: ${twice.join(', ')}`)
}
