import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { untilTrue } from './children'
import { type Answers, startClients } from './clients'
import { isHaproxyInstalled } from './haproxy'
import { type Platform, startPlatform } from './platform'
import { isPrometheusInstalled } from './prometheus'

// npm run demo:local. No Kubernetes: Node processes are the pods, HAProxy is the router, Prometheus measures.

export interface Demo {
  readonly print: (line: string) => void
  /** Ends the demo early. */
  readonly signal?: AbortSignal
}

/** What became of one version. */
export interface Chapter {
  readonly phase: string | undefined
  /** Weights of the canary, in turn. */
  readonly weights: readonly number[]
  /** From the deployment until the Rollout had come to rest. */
  readonly answers: Answers
  /** From then on. */
  readonly afterwards: Answers
}

export const missingPrograms = (): readonly string[] => [
  ...(isHaproxyInstalled() ? [] : ['haproxy']),
  ...(isPrometheusInstalled() ? [] : ['prometheus']),
]

const mostSeconds = 60
const afterwardsSeconds = 1

/** A first version, a good one, and a bad one. All that was started has ended when this returns or throws. */
export async function runDemo({ print, signal }: Demo): Promise<readonly Chapter[]> {
  const weights: number[] = []
  const errors: unknown[] = []
  const platform = await startPlatform({
    weight: (weight) => {
      weights.push(weight)
      print(`  ${weight} % of the requests go to the new version`)
    },
    event: ({ reason, message }) => reason === 'RolloutAborted' && print(`  ${message}`),
    failed: (error) => errors.push(error),
  })
  try {
    platform.deploy('1', 0)
    await untilAtRest(platform, signal)
    print(`shop:1 runs as ${platform.pods.serving().length} processes behind HAProxy on ${platform.url}`)
    const clients = startClients(platform.url)
    try {
      const chapters: Chapter[] = []
      for (const [version, failingShare] of [
        ['2', 0],
        ['3', 0.5],
      ] as const) {
        print(failingShare > 0 ? `shop:${version} fails every other request:` : `shop:${version} is well:`)
        await wait(300)
        await clients.answered()
        clients.take()
        weights.length = 0
        platform.deploy(version, failingShare)
        const phase = await untilAtRest(platform, signal)
        await untilTrue('the weight goes back', () => weights.at(-1) === 0)
        await clients.answered()
        const answers = clients.take()
        await wait(afterwardsSeconds * 1000)
        const afterwards = clients.take()
        chapters.push({ phase, weights: [...weights], answers, afterwards })
        print(`  => ${phase}; answers: ${told(answers)}; afterwards: ${told(afterwards)}`)
      }
      if (errors.length > 0) print(`  what went wrong in between: ${errors.map(String).join(', ')}`)
      return chapters
    } finally {
      await clients.stop()
    }
  } finally {
    await platform.stop()
  }
}

const told = (answers: Answers): string =>
  Object.entries(answers)
    .map(([version, { good, bad }]) => `${good + bad} of shop:${version}${bad > 0 ? ` (${bad} failed)` : ''}`)
    .join(', ')

/** Until the Rollout is done with what was deployed. */
async function untilAtRest(platform: Platform, signal?: AbortSignal): Promise<string | undefined> {
  const before = platform.status()?.currentPodHash
  for (const deadline = Date.now() + mostSeconds * 1000; Date.now() < deadline; await wait(50)) {
    signal?.throwIfAborted()
    const { phase, currentPodHash } = platform.status() ?? {}
    if (currentPodHash !== before && (phase === 'Healthy' || phase === 'Degraded')) return phase
  }
  throw new Error(`the Rollout did not come to rest: ${JSON.stringify(platform.status())}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const missing = missingPrograms()
  if (missing.length > 0) console.log(`missing: apt-get install ${missing.join(' ')}`)
  else {
    const stop = new AbortController()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(new Error(signal)))
    await runDemo({ print: console.log, signal: stop.signal }).catch((error: unknown) => {
      console.log(`ended: ${error instanceof Error ? error.message : String(error)}`)
      process.exitCode = 1
    })
  }
}
