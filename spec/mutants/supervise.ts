import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { writeFate } from './progress'

interface Message {
  readonly begins?: number
  readonly asks?: string
  readonly fails?: string
  readonly reached?: string
  readonly questions?: number
}

/** A mutant that says nothing for so long hangs. */
const mostSilentSeconds = 30

export interface Ended {
  /** Whether the worker came to its own end, rather than that of a mutant or of the machine's patience. */
  readonly isWhole: boolean
  /** It ended before it tried any mutant. */
  readonly isIdle: boolean
  readonly failed: readonly string[]
}

/** Runs a worker until it ends. One that a mutant keeps busy, or that dies of it, has noticed it. */
export function supervise(folder: string, end: number): Promise<Ended> {
  return new Promise((resolve) => {
    const child = fork(join(folder, 'worker.cjs'), [folder, `${end}`], {
      execArgv: ['--max-old-space-size=3000'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const failed: string[] = []
    let on: number | undefined
    let hangs = false
    const timer = watchdog(child, () => {
      hangs = true
    })
    child.on('message', (message: Message) => {
      timer.refresh()
      on = message.begins ?? on
      if (message.fails !== undefined) failed.push(message.fails)
      if (message.reached !== undefined) process.stderr.write(`${message.reached}: ${message.questions}\n`)
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      if (code === 0) return resolve({ isWhole: true, isIdle: false, failed })
      if (on !== undefined) writeFate(folder, { at: on, killer: hangs ? 'hangs' : 'crashes', asked: 1, reach: 1 })
      resolve({ isWhole: false, isIdle: on === undefined, failed })
    })
  })
}

const watchdog = (child: ChildProcess, bites: () => void): NodeJS.Timeout =>
  setTimeout(() => {
    bites()
    child.kill('SIGKILL')
  }, mostSilentSeconds * 1000)
