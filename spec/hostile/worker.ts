import { Worker } from 'node:worker_threads'
import { attackOnce, deepFreezePlain } from './attack'
import { randomOf } from './random'
import { smaller, smallerBy } from './smaller'
import { targetsOf } from './targets'
import type { Order, Told } from './told'

// One function under attack. A thread looks on: it ends the process where one input takes more processor time or memory than it
// may; time is the process's own, so that a busy machine accuses nobody.

const longestMilliseconds = 250
const toldEvery = 2000

/** Collecting garbage and compiling count too, so what does not come back is given longer than what does. */
const deadlyMilliseconds = 4 * longestMilliseconds

/** The heap has a limit of its own; this is for what stands outside of it. */
const mostGrowthBytes = 512e6

/** Holds the number of calls so far: with each the time begins anew. */
const shared = new Int32Array(new SharedArrayBuffer(4))
const watchdog = `
  const { workerData: { shared, milliseconds, growth } } = require('node:worker_threads')
  let [seen, since, before, last] = [-1, process.cpuUsage(), process.memoryUsage.rss(), process.memoryUsage.rss()]
  setInterval(() => {
    const [now, bytes] = [Atomics.load(shared, 0), process.memoryUsage.rss()]
    // An input may have taken its memory already when it is first seen.
    if (now !== seen) [seen, since, before] = [now, process.cpuUsage(), last]
    last = bytes
    const { user, system } = process.cpuUsage(since)
    if ((user + system) / 1000 > milliseconds || bytes - before > growth) process.kill(process.pid, 'SIGKILL')
  }, 50)`

function watch(): void {
  const workerData = { shared, milliseconds: deadlyMilliseconds, growth: mostGrowthBytes }
  new Worker(watchdog, { eval: true, workerData }).unref()
}

const beat = (): void => {
  Atomics.add(shared, 0, 1)
}

const heapMegabytes = (): number => {
  globalThis.gc?.()
  return Math.round(process.memoryUsage().heapUsed / 1e6)
}

const tell = (told: Told): Promise<void> => new Promise((resolve) => process.send?.(told, () => resolve()))

const order = JSON.parse(process.argv[2] ?? '{}') as Order
const { entry, name, seed } = order
const target = (await targetsOf(entry)).find((one) => one.name === name)

/** Compiled code is quicker, and the attack is to find slow inputs, not first ones. Warms up on sound inputs. */
async function warmUp(): Promise<void> {
  const started = process.cpuUsage()
  for (const input of target?.sound ?? []) {
    for (let round = 0; round < 20 && process.cpuUsage(started).user < 2e6; round++) {
      try {
        await target?.call(input)
      } catch {
        // The attack finds it again.
      }
    }
  }
}

async function attack(from: number, until: number, deadline: number, isExact: boolean): Promise<void> {
  let before = 0
  let index = from
  for (; target && index < until && Date.now() < deadline; index++) {
    // Told in groups; the child that follows a dead one tells each, so that the killer is known.
    if (isExact || index % toldEvery === 0) await tell({ done: index })
    const casualty = await attackOnce(target, seed, index, { longestMilliseconds, beat })
    if (casualty) await tell({ done: index + 1, casualty })
    if (index === from + 1000) before = heapMegabytes()
  }
  const after = heapMegabytes()
  const problem = `grew from ${before} to ${after} MB`
  const hasGrown = before > 0 && after - before > 50
  const casualty = { entry, name, seed, index, problem, input: `inputs ${from} to ${index}` }
  await tell({ done: index, heapMegabytes: after, ...(hasGrown && { casualty }) })
}

/** Tries the smaller inputs of one that is known to be deadly, each told first. Comes to its end where none of them is. */
async function shrink(index: number, picks: readonly number[]): Promise<void> {
  const input = target && smallerBy(target.inputOf(randomOf(seed, index)), picks)
  if (!target || !input) return
  let pick = 0
  for (const candidate of smaller(input)) {
    if (pick >= order.mostPicks) return
    await tell({ trying: pick })
    try {
      beat()
      await target.call(deepFreezePlain(candidate))
    } catch {
      // What throws does not kill.
    }
    pick++
  }
}

await warmUp()
watch()
if (order.kind === 'attack') await attack(order.from, order.until, order.deadline, order.isExact)
else await shrink(order.index, order.picks)
process.disconnect?.()
process.exit(0)
