import type { Change } from '../model/change'
import type { WorldEvent } from '../simulate/worldEvent'
import type { Violation } from './invariant'
import type { Scenario } from './scenario'
import type { StrategyState } from './state'

/** The smallest run in which an invariant does not hold, as a story. */
export function storyOf(scenario: Scenario, violation: Violation, states: readonly StrategyState[]): string {
  const { invariant, atSeconds, seen, stateIndex } = violation
  const { id, sentence, threads } = invariant
  const name = id === sentence ? sentence : `${id}: ${sentence}`
  return [
    `"${name}" does not hold at ${atSeconds} s: ${seen}`,
    ...(threads.length > 0 ? [`seen before in ${threads.join(', ')}`] : []),
    lastEventText(states.slice(0, stateIndex + 1)),
    '',
    ...worldLines(scenario),
    ...linesOf(states.slice(0, stateIndex + 1)),
  ].join('\n')
}

/** In the smallest run, every event is needed: the last one broke it. */
function lastEventText(states: readonly StrategyState[]): string {
  const last = states.filter(({ event, isRefused }) => event !== undefined && !isRefused).at(-1)
  return last?.event ? `broken by: ${eventText(last.event)} at ${last.atSeconds} s` : 'broken by no event'
}

function worldLines({ firstInstall, pods, router, series }: Scenario): readonly string[] {
  const { lagSeconds = 0, verifies, lies, refuses } = router
  return [
    firstInstall ? '  the first version is installed at 0 s' : '  the first version is Healthy at 0 s',
    ...(pods.readyAfterSeconds ? [`  pods are ready after ${pods.readyAfterSeconds} s`] : []),
    ...(pods.startEverySeconds ? [`  pods of a ReplicaSet start ${pods.startEverySeconds} s apart`] : []),
    ...(pods.neverReadyImages ?? []).map((image) => `  pods of ${image} never become ready`),
    ...Object.entries(pods.failAfterSeconds ?? {}).map(
      ([image, seconds]) => `  pods of ${image} fail ${seconds} s after they were ready`,
    ),
    ...Object.entries(pods.mostReady ?? {}).map(([image, most]) => `  at most ${most} pods of ${image} become ready`),
    ...(pods.refusedImages ?? []).map((image) => `  new pods of ${image} are refused`),
    ...(lagSeconds > 0
      ? [
          `  traffic follows the router ${lagSeconds} s later${lies ? ', and it says at once that it does' : verifies ? ', and it says so' : ''}`,
        ]
      : []),
    ...(refuses ? [`  the router refuses every call from ${refuses.fromSeconds} s to ${refuses.untilSeconds} s`] : []),
    ...Object.entries(series).map(([metric, points]) => `  ${metric}: ${points.map(pointText).join(', ')}`),
  ]
}

const pointText = (point: Scenario['series'][string][number]): string => {
  const { atSeconds, phase } = point as { readonly atSeconds?: number; readonly phase?: string }
  return `${phase ?? 'no data'} from ${atSeconds ?? 0} s`
}

const mostLines = 60

/** One line for each noticeable turn; the middle of a long story is left out, with a note. */
function linesOf(states: readonly StrategyState[]): readonly string[] {
  const lines: string[] = []
  for (const [index, now] of states.entries()) {
    const line = lineOf(now, states[index - 1])
    if (line !== undefined && line !== lines.at(-1)) lines.push(line)
  }
  if (lines.length <= mostLines) return lines
  const head = lines.slice(0, mostLines / 3)
  const tail = lines.slice(-(mostLines - head.length))
  return [...head, `  ... ${lines.length - head.length - tail.length} more turns ...`, ...tail]
}

function lineOf(now: StrategyState, before: StrategyState | undefined): string | undefined {
  const at = `  ${String(now.atSeconds).padStart(5)} s  `
  if (now.event) return `${at}${eventText(now.event)}${now.isRefused ? ' (has no effect)' : ''}`
  const told = now.changes.flatMap(changeText)
  const counts = countsText(now)
  if (told.length === 0 && before && countsText(before) === counts && before.phase === now.phase) return undefined
  const refused = now.isRefused ? ' (refused)' : ''
  const phase = before?.phase === now.phase ? '' : `${now.phase}${now.message && `: ${now.message}`}`
  const parts = [told.length > 0 ? `${told.join(', ')}${refused}` : '', counts, phase]
  return `${at}${parts.filter((part) => part !== '').join('; ')}`
}

function countsText({ revisions, weight, routed, stableHash, newestHash }: StrategyState): string {
  const pods = revisions
    .filter(({ wanted, available }) => wanted > 0 || available > 0)
    .map(({ revision, hash, available, wanted }) => {
      const role = hash === stableHash ? ' stable' : hash === newestHash ? ' new' : ''
      return `r${revision}${role} ${available}/${wanted}`
    })
  return `${pods.join(', ')}${routed ? `, canary gets ${Math.round(weight.canary * 100) / 100} %` : ''}`
}

export function eventText(event: WorldEvent): string {
  if (event.image !== undefined) return `set image ${event.image}`
  if (event.command !== undefined) return event.command
  if (event.replicas !== undefined) return `scale to ${event.replicas}`
  if (event.losePods) return `${event.losePods.count} ${event.losePods.role} pods are lost`
  if (event.crashAfterChanges !== undefined)
    return `the controller dies after ${event.crashAfterChanges} changes of its next decision`
  if (event.staleSeconds !== undefined) return `the controller sees no new pod for ${event.staleSeconds} s`
  if (event.lostEventSeconds !== undefined)
    return `for ${event.lostEventSeconds} s what ReplicaSets report right after a write is lost`
  if (event.repeatSeconds !== undefined) return `for a second the controller sees pods as ${event.repeatSeconds} s ago`
  if (event.clockStepSeconds !== undefined) return `the controller's clock jumps by ${event.clockStepSeconds} s`
  if (event.otherWrite) {
    const { kind, name, role, patch } = event.otherWrite
    return `another program patches ${kind} ${name ?? `of ${role}`}: ${JSON.stringify(patch)}`
  }
  if (event.upgradeTo !== undefined) return `the controller becomes ${event.upgradeTo}`
  if (event.autoscaleSeconds !== undefined)
    return `an autoscaler with a constant load looks at it for ${event.autoscaleSeconds} s`
  if (event.specPatch) return `the spec is edited: ${JSON.stringify(event.specPatch)}`
  return JSON.stringify(event)
}

export function changeText(change: Change): readonly string[] {
  switch (change.kind) {
    case 'setWeight':
      return [`weight ${change.weight}`]
    case 'scaleReplicaSet':
      return change.fromReplicas === change.replicas ? [] : [`scale ${change.name} to ${change.replicas}`]
    case 'createReplicaSet':
      return [`create ${change.replicaSet.metadata.name}`]
    case 'selectPods':
      return [`${change.name} selects ${change.podTemplateHash ?? 'all'}`]
    case 'createAnalysisRun':
      return [`start ${change.analysisRun.metadata.name}`]
    case 'createExperiment':
      return [`start ${change.experiment.metadata.name}`]
    case 'terminateAnalysisRun':
      return [`end ${change.name}`]
    default:
      return []
  }
}
