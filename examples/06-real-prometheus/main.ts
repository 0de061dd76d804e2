import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { AnalysisRun, Measurement } from 'rollout-engine'
import { type MetricsHost, measureAnalysisRun } from 'rollout-engine/adapters'
import { objectsOfKind, parseManifests } from 'rollout-engine/input'
import { startDemoApp } from './demoApp'
import { isPrometheusInstalled, startPrometheus, untilMeasured } from './prometheus'

// npx tsx examples/06-real-prometheus/main.ts: an AnalysisRun measures a real Prometheus, which scrapes a real application. Once the
// application is well, and once half of its requests fail.

const manifest = readFileSync(fileURLToPath(new URL('success-rate.yaml', import.meta.url)), 'utf8')

/** How a run ended. */
export interface Verdict {
  readonly phase: string
  readonly measurements: readonly Measurement[]
}

/** Both runs. All that was started has ended when this returns. */
export async function healthyAndFailing(print: (line: string) => void): Promise<readonly [Verdict, Verdict]> {
  const app = await startDemoApp(0.99)
  try {
    const prometheus = await startPrometheus('demo', app.target)
    try {
      await untilMeasured(prometheus, 'rate(http_requests_total[5s])')
      print('99 of 100 requests succeed:')
      const healthy = await follow(runAgainst(prometheus.address), print)
      app.setSuccessRate(0.5)
      print('half of the requests fail:')
      const failing = await follow(runAgainst(prometheus.address), print)
      return [healthy, failing]
    } finally {
      await prometheus.stop()
    }
  } finally {
    await app.stop()
  }
}

function runAgainst(address: string): AnalysisRun {
  const { objects, issues } = parseManifests(manifest)
  const [run] = objectsOfKind(objects, 'AnalysisRun')
  if (!run) throw new Error(`success-rate.yaml: ${issues[0]?.message}`)
  const args = run.spec.args?.map((arg) => (arg.name === 'prometheus' ? { ...arg, value: address } : arg))
  return { ...run, spec: { ...run.spec, args } }
}

/** What a controller does: decide, keep the status, come back when the decision says so. */
async function follow(first: AnalysisRun, print: (line: string) => void): Promise<Verdict> {
  const host: MetricsHost = { now: () => new Date().toISOString() }
  let run = first
  let seen = 0
  while (true) {
    const decision = await measureAnalysisRun(run, host)
    run = { ...run, status: decision.status }
    const measurements = decision.status.metricResults?.[0]?.measurements ?? []
    for (const { value, phase, message } of measurements.slice(seen)) {
      print(`  ${value ?? ''} ${phase}${message === undefined ? '' : `: ${message}`}`)
    }
    seen = measurements.length
    if (decision.requeueAfterSeconds === undefined) {
      const { phase, message } = decision.status
      print(`  => ${phase}${message === undefined ? '' : `: ${message}`}`)
      return { phase, measurements }
    }
    await wait(decision.requeueAfterSeconds * 1000)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (isPrometheusInstalled()) await healthyAndFailing(console.log)
  else console.log('prometheus is not installed: apt-get install prometheus')
}
