import { Worker } from 'node:worker_threads'
import { attackOnce, deepFreezePlain } from './attack'
import { randomOf } from './random'
import { smaller, smallerBy } from './smaller'
import { type Target, targetsOf } from './targets'
import { type Job, keyOf, type Order, type Told } from './told'

// Functions under attack, one after the other. A thread looks on: it ends the process where one input takes more processor time or memory than it
// may; time is the process's own, so that a busy machine accuses nobody.

const longestMilliseconds = 250
const toldEvery = 2000

/** Collecting garbage and compiling count too, so what does not come back is given longer than what does. */
const deadlyMilliseconds = 4 * longestMilliseconds

/** The heap has a limit of its own; this is for what stands outside of it. */
const mostGrowthBytes = 512e6

/** The number of calls so far, with each of which the time begins anew, and whether there is one under way. */
const shared = new Int32Array(new SharedArrayBuffer(8))
const watchdog = `
  const { workerData: { shared, milliseconds, growth } } = require('node:worker_threads')
  let [seen, since, before, last] = [-1, process.cpuUsage(), process.memoryUsage.rss(), process.memoryUsage.rss()]
  setInterval(() => {
    const [now, isBusy, bytes] = [Atomics.load(shared, 0), Atomics.load(shared, 1), process.memoryUsage.rss()]
    // An input may have taken its memory already when it is first seen.
    if (now !== seen || !isBusy) [seen, since, before] = [now, process.cpuUsage(), last]
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
  Atomics.store(shared, 1, 1)
}

/** What is done between inputs is not held against them. */
const rest = (): void => void Atomics.store(shared, 1, 0)

const heapMegabytes = (): number => {
  rest()
  globalThis.gc?.()
  return Math.round(process.memoryUsage().heapUsed / 1e6)
}

const tell = (told: Told): Promise<void> => new Promise((resolve) => process.send?.(told, () => resolve()))

const order = JSON.parse(process.argv[2] ?? '{}') as Order

async function targetOf({ entry, name }: Pick<Job, 'entry' | 'name'>): Promise<Target | undefined> {
  rest()
  return (await targetsOf(entry)).find((one) => one.name === name)
}

/** Compiled code is quicker, and the attack is to find slow inputs, not first ones. Warms up on sound inputs. */
async function warmUp({ sound, call }: Target): Promise<void> {
  const started = process.cpuUsage()
  for (const input of sound) {
    for (let round = 0; round < 20 && process.cpuUsage(started).user < 2e6; round++) {
      try {
        beat()
        await call(input)
      } catch {
        // The attack finds it again.
      }
    }
  }
}

type Attack = Extract<Order, { readonly kind: 'attack' }>

async function attack(job: Job, { seed, deadline, isExact }: Attack): Promise<void> {
  const { entry, name, from, until, seconds } = job
  const target = await targetOf(job)
  if (!target) return
  await warmUp(target)
  const key = keyOf(job)
  let before = 0
  let index = from
  const started = process.cpuUsage()
  const takenSeconds = (): number => process.cpuUsage(started).user / 1e6
  for (; index < until && takenSeconds() < seconds && Date.now() < deadline; index++) {
    // Told in groups; the child that follows a dead one tells each, so that the killer is known.
    if (isExact || index % toldEvery === 0) await tell({ key, done: index })
    const casualty = await attackOnce(target, seed, index, { longestMilliseconds, beat })
    if (casualty) await tell({ key, done: index + 1, casualty })
    if (index === from + 1000) before = heapMegabytes()
  }
  const ended = { seconds: takenSeconds(), heapMegabytes: heapMegabytes() }
  const after = ended.heapMegabytes
  const problem = `grew from ${before} to ${after} MB`
  const hasGrown = before > 0 && after - before > 50
  const casualty = { entry, name, seed, index, problem, input: `inputs ${from} to ${index}` }
  await tell({ key, done: index, ended, ...(hasGrown && { casualty }) })
}

type Shrink = Extract<Order, { readonly kind: 'shrink' }>

/** Tries the smaller inputs of one that is known to be deadly, each told first. Comes to its end where none of them is. */
async function shrink({ seed, index, picks, mostPicks, ...whom }: Shrink): Promise<void> {
  const target = await targetOf(whom)
  if (!target) return
  await warmUp(target)
  const input = smallerBy(target.inputOf(randomOf(seed, index)), picks)
  let pick = 0
  for (const candidate of input ? smaller(input) : []) {
    if (pick >= mostPicks) return
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

watch()
if (order.kind === 'shrink') await shrink(order)
else for (const job of order.jobs) if (Date.now() < order.deadline) await attack(job, order)
process.disconnect?.()
process.exit(0)
