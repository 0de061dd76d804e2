import { Worker } from 'node:worker_threads'

/** Tells which input is being tried now. */
export type Watch = (input: number) => void

/**
 * A thread that ends this process where one input takes more processor time than it may: what does not come back cannot say so itself.
 * Time is the process's own, so that a busy machine accuses nobody.
 */
export function watched(mostMilliseconds: number): Watch {
  const shared = new Int32Array(new SharedArrayBuffer(4))
  const look = `
    const { workerData } = require('node:worker_threads')
    const { writeSync } = require('node:fs')
    let [seen, since] = [-1, process.cpuUsage()]
    setInterval(() => {
      const now = Atomics.load(workerData.shared, 0)
      if (now !== seen) [seen, since] = [now, process.cpuUsage()]
      const { user, system } = process.cpuUsage(since)
      if ((user + system) / 1000 <= workerData.mostMilliseconds) return
      writeSync(2, 'input ' + now + ' takes more than ' + workerData.mostMilliseconds + ' ms and does not end\\n')
      process.kill(process.pid, 'SIGKILL')
    }, 100)`
  new Worker(look, { eval: true, workerData: { shared, mostMilliseconds } }).unref()
  return (input) => void Atomics.store(shared, 0, input)
}
