import { listObjects } from '../../cluster/objects'
import type { AnalysisRun } from '../../model/analysis'
import { podTemplateHashLabel } from '../../model/labelKeys'
import type { CanaryStep } from '../../model/rollout'
import { stepsOf } from '../../rollout/facts/steps'
import type { Invariant, Monitor } from '../invariant'
import type { RunState, StrategyState } from '../state'
import { isDecision, type Step, watching } from './steps'

/** The gate that was passed, and the analysis that should have opened it. */
interface Passed {
  readonly seen: string
  /** A run was cut short, and its phase Successful was taken for a verdict. */
  readonly isTerminated: boolean
}

const analysisRun = ({ objects, rollout }: StrategyState, name: string): AnalysisRun | undefined => {
  const runs = listObjects(objects, 'AnalysisRun', rollout?.metadata.namespace ?? '')
  return runs.find(({ metadata }) => metadata.name === name)
}

/** Ended Successful by its measurements, not because it was terminated. */
const isProof = (now: StrategyState, name: string, phase: string): boolean =>
  phase === 'Successful' && analysisRun(now, name)?.spec.terminate !== true

/** What providers print for no data. */
const isNoData = /^(\[(NaN)?\]|NaN|null|)$/

export const noEvidenceIsNotSuccess: Invariant = {
  id: 'V2',
  sentence: 'an analysis succeeds only by measurements that found data and succeeded',
  threads: ['AR#4479', 'AR#4535', 'AR#4393', 'FL#1098', 'FL#1011'],
  start: watching(({ before, now }) => {
    for (const { name, phase } of now.runs) {
      if (phase !== 'Successful' || before?.runs.some((run) => run.name === name && run.phase === phase)) continue
      const run = analysisRun(now, name)
      const results = run?.status?.metricResults ?? []
      if (!run || run.spec.terminate || results.length === 0) continue
      if (!results.some(({ successful, dryRun }) => dryRun === true || (successful ?? 0) > 0))
        return `${name} is Successful without one successful measurement`
      const judged = results.filter(({ dryRun }) => dryRun !== true).flatMap(({ measurements = [] }) => measurements)
      if (judged.length > 0 && judged.every(({ value }) => isNoData.test(value ?? 'data')))
        return `${name} is Successful, and measured nothing but ${judged[0]?.value}`
    }
    return undefined
  }),
}

/** `promote` passes a gate on purpose: one, or all with `--full`. */
interface Promotions {
  readonly note: (now: StrategyState) => void
  readonly isAllowed: () => boolean
  readonly use: () => void
}

function promotions(): Promotions {
  let allowed = 0
  return {
    note: ({ event, rollout }) => {
      if (event?.image !== undefined || event?.command === 'undo' || event?.command === 'retry') allowed = 0
      if (event?.command === 'promote') allowed++
      if (event?.command === 'promote --full' || rollout?.status?.promoteFull) allowed = Number.POSITIVE_INFINITY
    },
    isAllowed: () => allowed > 0,
    use: () => {
      allowed = Math.max(0, allowed - 1)
    },
  }
}

/** The gate of the step that this decision completed although the gate was not open. */
function passedGate({ before, now }: Step): Passed | undefined {
  if (!before?.rollout || before.stepIndex === null || now.stepIndex === null) return undefined
  const isSameUpdate = before.updating && now.updating && before.newestHash === now.newestHash
  if (!isSameUpdate || now.stepIndex <= before.stepIndex || now.aborted) return undefined
  const from = Math.max(0, before.stepIndex)
  const done = stepsOf(before.rollout).slice(from, Math.max(from, now.stepIndex))
  const passed = done.map((step, index) => passedStep(now, step, from + index)).find((one) => one !== undefined)
  if (passed) return passed
  return passedUndecided(before, now)
}

function passedStep(now: StrategyState, step: CanaryStep | undefined, index: number): Passed | undefined {
  if (step?.analysis) {
    const own = now.runs.filter(
      ({ type, stepIndex, hash }) => type === 'Step' && stepIndex === index && hash === now.newestHash,
    )
    return unproven(now, own, `step ${index} is passed without a successful run of its analysis`)
  }
  if (step?.pause && (step.pause.duration === undefined || step.pause.duration === 0))
    return { seen: `step ${index} waits for a person, and is passed without one`, isTerminated: false }
  return undefined
}

/**
 * A step that is completed although the background analysis ended without a verdict, and that does not wait for a
 * person.
 */
function passedUndecided(before: StrategyState, now: StrategyState): Passed | undefined {
  const isWaiting = now.rollout?.status?.pauseConditions?.some(({ reason }) => reason === 'InconclusiveAnalysisRun')
  if (isWaiting) return undefined
  const undecided = before.runs.find(
    ({ type, hash, phase }) => type === 'Background' && hash === now.newestHash && phase === 'Inconclusive',
  )
  return undecided
    ? { seen: `step ${before.stepIndex} is passed although ${undecided.name} is Inconclusive`, isTerminated: false }
    : undefined
}

/** None of the runs is a proof. */
function unproven(now: StrategyState, runs: readonly RunState[], seen: string): Passed | undefined {
  if (runs.some(({ name, phase }) => isProof(now, name, phase))) return undefined
  const terminated = runs.find(({ name }) => analysisRun(now, name)?.spec.terminate === true)
  return terminated
    ? {
        seen: `${seen}: ${terminated.name} was cut short, and is ${terminated.phase || 'not ended'}`,
        isTerminated: true,
      }
    : { seen, isTerminated: false }
}

/** The active Service was switched to a revision without a successful pre-promotion analysis. */
function promotedUnproven({ before, now }: Step): Passed | undefined {
  const { activeService, prePromotionAnalysis } = now.rollout?.spec.strategy?.blueGreen ?? {}
  if (!prePromotionAnalysis || !before?.updating || before.stableHash === undefined) return undefined
  const turned = now.changes.some(
    (change) =>
      change.kind === 'selectPods' && change.name === activeService && change.podTemplateHash === before.newestHash,
  )
  if (!turned || isSelectedAlready(before, activeService)) return undefined
  const own = now.runs.filter(({ type, hash }) => type === 'PrePromotion' && hash === before.newestHash)
  return unproven(now, own, 'it is promoted without a successful pre-promotion analysis')
}

function isSelectedAlready({ objects, rollout, newestHash }: StrategyState, name: string | undefined): boolean {
  const services = listObjects(objects, 'Service', rollout?.metadata.namespace ?? '')
  const active = services.find(({ metadata }) => metadata.name === name)
  return active?.spec?.selector?.[podTemplateHashLabel] === newestHash
}

export const gatesHold: Invariant = {
  id: 'V3',
  sentence: 'no step and no promotion passes a gate that is not open',
  threads: ['AR#3724', 'AR#3850', 'AR#1411', 'AR#2931'],
  start: () => gateMonitor(({ isTerminated }) => !isTerminated),
}

export const terminatedIsNotSuccess: Invariant = {
  id: 'V1',
  sentence: 'an analysis that was cut short opens no gate',
  threads: ['AR#1329', 'AR#3724'],
  start: () => gateMonitor(({ isTerminated }) => isTerminated),
}

function gateMonitor(isMeant: (passed: Passed) => boolean): Monitor {
  const { note, isAllowed, use } = promotions()
  const wasStable = new Set<string>()
  return watching((step) => {
    note(step.now)
    if (step.now.stableHash !== undefined) wasStable.add(step.now.stableHash)
    if (!isDecision(step) || isRollback(step, wasStable)) return undefined
    const passed = passedGate(step) ?? promotedUnproven(step)
    if (passed && !isAllowed()) return isMeant(passed) ? passed.seen : undefined
    if (passed) use()
    return undefined
  })()
}

/** Back to a revision that was rolled out before: with a rollback window it skips its steps on purpose. */
function isRollback({ now }: Step, wasStable: ReadonlySet<string>): boolean {
  const { rollbackWindow } = now.rollout?.spec ?? {}
  return (rollbackWindow ?? undefined) !== undefined && wasStable.has(now.newestHash ?? '')
}
