import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Queue, QueueEvents } from 'bullmq'
import { joinParts, reportSweep, type SweepPart, type SweepReport, sweepPart } from 'rollout-engine/scenario'
import { type Batch, connectionTo, queueName } from './queue'
import { isRedisInstalled, startRedis } from './redis'
import { readStory } from './story'

const here = fileURLToPath(new URL('.', import.meta.url))
const storyPath = join(here, '../14-sweep/slow-pods.yaml')

export interface ClusterSweep {
  readonly runs: number
  readonly workers: number
  readonly inBatch: number
  /** Kill a worker in the midst of a batch. */
  readonly killsOne: boolean
  readonly print: (line: string) => void
}

/** A sweep over workers that know each other by Redis only: what it came to. */
export async function sweepOnCluster({ runs, workers, inBatch, killsOne, print }: ClusterSweep): Promise<SweepReport> {
  const redis = await startRedis()
  const connection = connectionTo(redis.socket)
  const queue = new Queue<Batch, SweepPart>(queueName, { connection })
  const events = new QueueEvents(queueName, { connection })
  const children: ChildProcess[] = []
  try {
    await events.waitUntilReady()
    const batches = batchesOf(runs, inBatch)
    const all = allParts(events, batches.length)
    await queue.addBulk(batches.map((data) => ({ name: 'batch', data, opts: { jobId: `seed-${data.firstSeed}` } })))
    // The first worker is alone until it has begun a batch, so that there is one to lose.
    const begun = killsOne
      ? new Promise<string>((resolve) => events.once('active', ({ jobId }) => resolve(jobId)))
      : undefined
    const start = (): number =>
      children.push(
        spawn(process.execPath, ['--import', 'tsx', join(here, 'worker.ts'), redis.socket, storyPath], {
          stdio: 'inherit',
        }),
      )
    start()
    if (begun) {
      print(`a worker dies in the midst of the batch ${await begun}`)
      children[0]?.kill('SIGKILL')
      start()
    }
    for (let more = 1; more < workers; more++) start()
    const parts = await all
    print(`${parts.length} batches are done`)
    return reportSweep(joinParts(parts))
  } finally {
    for (const child of children) child.kill('SIGKILL')
    await Promise.allSettled([events.close(), queue.close()])
    await redis.stop()
  }
}

/** What the workers give back, in the order in which they end. */
const allParts = (events: QueueEvents, count: number): Promise<readonly SweepPart[]> =>
  new Promise((resolve, reject) => {
    const done = new Map<string, SweepPart>()
    events.on('failed', ({ jobId, failedReason }) => reject(new Error(`${jobId}: ${failedReason}`)))
    events.on('completed', ({ jobId, returnvalue }) => {
      done.set(jobId, returnvalue as unknown as SweepPart)
      if (done.size === count) resolve([...done.values()])
    })
  })

function batchesOf(runs: number, inBatch: number): Batch[] {
  const firsts = Array.from({ length: Math.ceil(runs / inBatch) }, (_, index) => index * inBatch)
  return firsts.map((done) => ({ firstSeed: 1 + done, runs: Math.min(inBatch, runs - done) }))
}

/** The same in this process. */
export function sweepHere(runs: number): SweepReport {
  const { simulation, files } = readStory(storyPath)
  return reportSweep(sweepPart(simulation, { files, runs }))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (isRedisInstalled()) {
    const runs = 60
    const report = await sweepOnCluster({ runs, workers: 2, inBatch: 5, killsOne: true, print: console.log })
    const isSame = JSON.stringify(report) === JSON.stringify(sweepHere(runs))
    console.log(`${report.runs} runs, ${isSame ? 'the same bytes as' : 'NOT THE SAME AS'} in one process`)
    for (const [outcome, { value }] of Object.entries(report.outcomes))
      console.log(`  ${outcome} ${Math.round(value * 100)} %`)
  } else console.log('redis-server is not installed: apt-get install redis-server')
}
