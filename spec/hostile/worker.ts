import { Worker } from 'node:worker_threads'
import { attackOnce } from './attack'
import { targetsOf } from './targets'

// One function under attack. A thread looks on: it ends the process where one input takes more processor time than it may, and
// time is the process's own, so that a busy machine accuses nobody.

const [entry = '', name = '', seed = '', from = '', until = '', exact = ''] = process.argv.slice(2)
const longestMilliseconds = 250
const toldEvery = 5000

/** Holds the number of the input that is being tried. */
const shared = new Int32Array(new SharedArrayBuffer(4))
const watchdog = `
  const { workerData } = require('node:worker_threads')
  let [seen, since] = [-1, process.cpuUsage()]
  setInterval(() => {
    const now = Atomics.load(workerData.shared, 0)
    if (now !== seen) [seen, since] = [now, process.cpuUsage()]
    const { user, system } = process.cpuUsage(since)
    // Collecting garbage and compiling count too, so the limit for what does not come back is wider.
    if ((user + system) / 1000 > workerData.milliseconds * 4) {
      process.kill(process.pid, 'SIGKILL')
    }
  }, 50)`
new Worker(watchdog, { eval: true, workerData: { shared, milliseconds: longestMilliseconds } }).unref()

const heapMegabytes = (): number => {
  globalThis.gc?.()
  return Math.round(process.memoryUsage().heapUsed / 1e6)
}

const tell = (told: object): Promise<void> => new Promise((resolve) => process.send?.(told, () => resolve()))

const target = (await targetsOf(entry)).find((one) => one.name === name)
let before = 0
for (let index = Number(from); target && index < Number(until); index++) {
  Atomics.store(shared, 0, index)
  // Told in groups; the child that follows a dead one tells each, so that the killer is known.
  if (exact === 'true' || index % toldEvery === 0) await tell({ done: index })
  const started = process.cpuUsage()
  const casualty = await attackOnce(target, Number(seed), index)
  const { user, system } = process.cpuUsage(started)
  if (casualty) await tell({ done: index + 1, casualty })
  else if ((user + system) / 1000 > longestMilliseconds && index > Number(from) + 100) {
    const problem = `takes ${Math.round((user + system) / 1000)} ms`
    await tell({
      done: index + 1,
      casualty: { entry, name, seed: Number(seed), index, problem, input: 'see seed and index' },
    })
  }
  if (index === Number(from) + 1000) before = heapMegabytes()
}
const after = heapMegabytes()
const grown = before > 0 && after - before > 50
await tell({
  done: Number(until),
  heapMegabytes: after,
  ...(grown && {
    casualty: {
      entry,
      name,
      seed: Number(seed),
      index: Number(until),
      problem: `grew from ${before} to ${after} MB`,
      input: 'all',
    },
  }),
})
process.disconnect?.()
process.exit(0)
