import { autoscaler } from '../simulate/models/autoscaler'
import { crashLoop } from '../simulate/models/crashLoop'
import { gitOpsSync } from '../simulate/models/gitOpsSync'
import type { Model } from '../simulate/models/model'
import { quota } from '../simulate/models/quota'
import { startUp } from '../simulate/models/startUp'
import { constantTraffic, type Traffic, trafficOfCsv } from '../simulate/models/traffic'
import type { Manifest } from '../simulate/worldEvent'
import { secondsOf } from './commandLine/common'
import { printIssues, readText } from './files'
import { printNote } from './output'
import { readableLine } from './readable'
import type { SimulateArguments, SimulateDraft } from './simulateArguments'

// The options of `simulate` that are models of the world.

/** A time, or two of them: `10s..40s`. */
export function setReadyAfter(draft: SimulateDraft, value: string): string | undefined {
  const [least, most = least, ...others] = value.split('..').map(secondsOf)
  if (least === undefined || most === undefined || most < least || others.length > 0)
    return `--ready-after wants a time such as 90s, 5m or 2d, or two: 10s..40s, not "${value}"`
  draft.readyAfterSeconds = least
  if (most > least) draft.readyAtMostSeconds = most
  return undefined
}

export function addCrashLoop(draft: SimulateDraft, value: string): string | undefined {
  const at = value.lastIndexOf('@')
  const afterSeconds = at <= 0 ? undefined : secondsOf(value.slice(at + 1))
  if (afterSeconds === undefined) return `--crash-loop wants IMAGE@TIME such as web:2@30s, not "${value}"`
  draft.models = [...draft.models, crashLoop({ image: value.slice(0, at), afterSeconds })]
  return undefined
}

export function setQuota(draft: SimulateDraft, value: string): string | undefined {
  if (!/^\d{1,9}$/.test(value)) return `--quota wants a number of pods, not "${value}"`
  draft.models = [...draft.models, quota({ pods: Number(value) })]
  return undefined
}

export function setRequestsPerPod(draft: SimulateDraft, value: string): string | undefined {
  const number = Number(value)
  if (!(number > 0) || !Number.isFinite(number)) return `--requests-per-pod wants a number above 0, not "${value}"`
  draft.requestsPerPod = number
  return undefined
}

export function setSync(draft: SimulateDraft, value: string): string | undefined {
  const seconds = secondsOf(value)
  if (!seconds) return `--sync wants a time such as 3m, not "${value}"`
  draft.syncSeconds = seconds
  return undefined
}

/** All of them; undefined, after saying why, where a file cannot be read. */
export function modelsOf(given: SimulateArguments, manifests: readonly Manifest[]): readonly Model[] | undefined {
  const { readyAfterSeconds: least, readyAtMostSeconds: most, seed, syncSeconds } = given
  const traffic = given.load === undefined ? undefined : readTraffic(given.load)
  if (given.load !== undefined && !traffic) return undefined
  return [
    ...(most === undefined ? [] : [startUp({ readyAfterSeconds: { between: [least, most] }, ...(seed && { seed }) })]),
    ...given.models,
    ...(traffic
      ? [autoscaler({ traffic, ...(given.requestsPerPod && { requestsPerPod: given.requestsPerPod }) })]
      : []),
    ...(syncSeconds ? [gitOpsSync({ manifests, everySeconds: syncSeconds, fromSecond: syncSeconds })] : []),
  ] as readonly Model[]
}

function readTraffic(load: string): Traffic | undefined {
  const rate = Number(load)
  if (load.trim() !== '' && rate >= 0) return constantTraffic(rate)
  if (!/\.csv$/i.test(load)) {
    printNote(`rollout-engine: --load wants requests per second or a .csv file, not "${readableLine(load)}"`)
    return undefined
  }
  const text = readText(load)
  if (text === undefined) return undefined
  const { traffic, issues } = trafficOfCsv(text)
  printIssues(
    issues.map((issue) => ({ ...issue, file: load })),
    () => text,
  )
  return traffic
}
