import { listObjects } from '../../cluster/objects'
import type { AnalysisRun } from '../../model/analysis'
import { podTemplateHashLabel } from '../../model/labelKeys'
import type { Service } from '../../model/workload'
import { stepsOf } from '../../rollout/facts/steps'
import type { Invariant } from '../invariant'
import type { StrategyState } from '../state'
import { isDecision, type Step, watching } from './steps'

const analysisRun = ({ objects, rollout }: StrategyState, name: string): AnalysisRun | undefined => {
  const runs = listObjects(
    objects,
    'AnalysisRun',
    rollout?.metadata.namespace ?? '',
  ) as unknown as readonly AnalysisRun[]
  return runs.find(({ metadata }) => metadata.name === name)
}

/** Ended Successful by its measurements, not because it was terminated. */
const isProof = (now: StrategyState, name: string, phase: string): boolean =>
  phase === 'Successful' && analysisRun(now, name)?.spec.terminate !== true

export const noEvidenceIsNotSuccess: Invariant = {
  id: 'V2',
  sentence: 'an analysis succeeds only by measurements that succeeded',
  threads: ['AR#4479', 'AR#4535', 'AR#4393'],
  start: watching(({ before, now }) => {
    for (const { name, phase } of now.runs) {
      if (phase !== 'Successful' || before?.runs.some((run) => run.name === name && run.phase === phase)) continue
      const run = analysisRun(now, name)
      const results = run?.status?.metricResults ?? []
      if (!run || run.spec.terminate || results.length === 0) continue
      if (!results.some(({ successful, dryRun }) => dryRun === true || (successful ?? 0) > 0))
        return `${name} is Successful without one successful measurement`
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
function passedGate({ before, now }: Step): string | undefined {
  if (!before?.rollout || before.stepIndex === null || now.stepIndex === null) return undefined
  const isSameUpdate = before.updating && now.updating && before.newestHash === now.newestHash
  if (!isSameUpdate || now.stepIndex <= before.stepIndex || now.aborted) return undefined
  const step = stepsOf(before.rollout)[before.stepIndex]
  if (step?.analysis) {
    const { stepIndex: index } = before
    const isOpen = now.runs.some(
      ({ name, phase, type, stepIndex, hash }) =>
        type === 'Step' && stepIndex === index && hash === now.newestHash && isProof(now, name, phase),
    )
    return isOpen ? undefined : `step ${before.stepIndex} is passed without a successful run of its analysis`
  }
  if (step?.pause && (step.pause.duration === undefined || step.pause.duration === 0))
    return `step ${before.stepIndex} waits for a person, and is passed without one`
  return undefined
}

/** The active Service was switched to a revision without a successful pre-promotion analysis. */
function promotedUnproven({ before, now }: Step): string | undefined {
  const { activeService, prePromotionAnalysis } = now.rollout?.spec.strategy?.blueGreen ?? {}
  if (!prePromotionAnalysis || !before?.updating || before.stableHash === undefined) return undefined
  const turned = now.changes.some(
    (change) =>
      change.kind === 'selectPods' && change.name === activeService && change.podTemplateHash === before.newestHash,
  )
  if (!turned || isSelectedAlready(before, activeService)) return undefined
  const isOpen = now.runs.some(
    ({ name, phase, type, hash }) => type === 'PrePromotion' && hash === before.newestHash && isProof(now, name, phase),
  )
  return isOpen ? undefined : 'it is promoted without a successful pre-promotion analysis'
}

function isSelectedAlready({ objects, rollout, newestHash }: StrategyState, name: string | undefined): boolean {
  const services = listObjects(objects, 'Service', rollout?.metadata.namespace ?? '') as unknown as readonly Service[]
  const active = services.find(({ metadata }) => metadata.name === name)
  return active?.spec?.selector?.[podTemplateHashLabel] === newestHash
}

export const gatesHold: Invariant = {
  id: 'V3',
  sentence: 'no step and no promotion passes a gate that is not open',
  threads: ['AR#3724', 'AR#3850', 'AR#1411', 'AR#2931', 'AR#1329'],
  start: () => {
    const { note, isAllowed, use } = promotions()
    const wasStable = new Set<string>()
    return watching((step) => {
      note(step.now)
      if (step.now.stableHash !== undefined) wasStable.add(step.now.stableHash)
      if (!isDecision(step) || isRollback(step, wasStable)) return undefined
      const seen = passedGate(step) ?? promotedUnproven(step)
      if (seen === undefined || !isAllowed()) return seen
      use()
      return undefined
    })()
  },
}

/** Back to a revision that was rolled out before: with a rollback window it skips its steps on purpose. */
function isRollback({ now }: Step, wasStable: ReadonlySet<string>): boolean {
  const { rollbackWindow } = now.rollout?.spec ?? {}
  return (rollbackWindow ?? undefined) !== undefined && wasStable.has(now.newestHash ?? '')
}
