import { setImmediate as breathe } from 'node:timers/promises'
import { Worker } from 'bullmq'
import { joinParts, type SweepPart, sweepPart } from 'rollout-engine/scenario'
import { type Batch, connectionTo, lockMilliseconds, queueName } from './queue'
import { readStory } from './story'

// tsx worker.ts SOCKET STORY: takes batches of runs until it is killed. As many of these as there are machines.

const [socket = '', path = ''] = process.argv.slice(2)
const story = readStory(path)

async function partOf({ firstSeed, runs }: Batch): Promise<SweepPart> {
  const parts: SweepPart[] = []
  for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
    parts.push(sweepPart(story.simulation, { files: story.files, firstSeed: seed, runs: 1 }))
    // Lets the library renew its lock on the batch: a worker that does not is taken for dead.
    await breathe()
  }
  return joinParts(parts)
}

const worker = new Worker<Batch, SweepPart>(queueName, ({ data }) => partOf(data), {
  connection: connectionTo(socket),
  lockDuration: lockMilliseconds,
  stalledInterval: lockMilliseconds / 2,
  maxStalledCount: 100,
})
// Redis may be gone at the end.
worker.on('error', () => {})
