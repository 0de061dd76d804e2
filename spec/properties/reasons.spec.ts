import { describe, expect, test } from 'vitest'
import { reconcileAnalysisRun } from '../../src/analysis/index'
import { decided } from '../../src/explain/decided'
import { type BlockerData, blockerText, reconcileExperiment, type WakeUpData, wakeUpText } from '../../src/index'
import type { BlockerCode } from '../../src/model/blocker'
import { blockerCodes } from '../../src/model/blockerText'
import type { WakeUpCode } from '../../src/model/wakeUp'
import { wakeUpCodes } from '../../src/model/wakeUpText'
import { observeExperiment } from '../../src/simulate/observeExperiment'
import type { Situation } from '../conformance/trace'
import { observationOf, recordedSituations } from './recorded'

// Blockers and wake-ups are data; their texts are made in one place, and every code has one.

const everyBlocker: BlockerData = {
  malformed: { path: 'rollout.spec' },
  malformedBeyond: { count: 3 },
  ask: { ask: 'verifyWeight', key: 'verifyWeight/istio/20' },
  error: { path: 'spec.template', message: 'boom' },
  growth: { message: 'too many' },
  paused: {},
  pause: { reason: 'CanaryPauseStep' },
  aborted: {},
  deadline: { message: 'late' },
  replicaFailure: { message: 'quota' },
  analysis: { analysisRun: 'web-1' },
  experiment: { experiment: 'web-2' },
  plugin: { plugin: 'acme/smoke', stepIndex: 0 },
  weight: { weight: 20 },
  podsLeaving: { replicaSet: 'web-5f', present: 4, wanted: 3 },
  threshold: { replicaSet: 'web-5f', available: 2, value: 3, unit: 'pods' },
  restart: { restartAt: '2030-01-01T00:00:00Z' },
  pluginRetry: { plugin: 'acme/smoke', stepIndex: 1, message: 'try later' },
  previewSize: { replicaSet: 'web-5f', pods: 1, replicas: 3 },
  pods: { replicaSet: 'web-5f', available: 1, wanted: 2 },
  progress: { message: '' },
  invalidSpec: { path: 'spec.templates', message: 'bad' },
  ambiguous: { kind: 'Services', template: 'canary' },
  template: { template: 'canary', available: 0, wanted: 1 },
  experimentAnalysis: { analysis: 'rate', analysisRun: 'trial-rate' },
  duration: { duration: '5m' },
  'open-ended': {},
  ended: { message: '' },
  collision: { name: 'trial-canary' },
  scaleDownDelay: { replicaSet: 'trial-canary', seconds: 12 },
  measurement: { metric: 'rate' },
  interval: { metric: 'rate', seconds: 30 },
  assessment: { metric: 'rate' },
}

const everyWakeUp: WakeUpData = {
  pauseStepEnds: { stepIndex: 2 },
  autoPromotion: {},
  progressDeadline: {},
  scaleDownDelay: { replicaSet: 'web-5f', revision: 4 },
  abortScaleDownDelay: { replicaSet: 'web-5f' },
  restartAt: {},
  restartGoesOn: { pods: 2 },
  invalidSpec: {},
  weightUnverified: { router: 'Istio', weight: 20 },
  targetsUnverified: { service: 'web' },
  stepPlugin: { stepIndex: 0, plugin: 'acme/smoke' },
  stepPluginFailed: { text: 'boom' },
  measurement: { metric: 'rate' },
  experimentDuration: { duration: '5m' },
  templateDeadline: { template: 'canary' },
  staleObservation: { kind: 'ReplicaSet', name: 'web-5f' },
}

const isText = (text: string): boolean => text.trim() !== '' && !/undefined|null|NaN|\[object/.test(text)

describe('every code has its text', () => {
  test.for(Object.keys(everyBlocker) as BlockerCode[])('blocker %s: what it waits for, and what clears it', (code) => {
    const { waitsFor, clearedBy } = blockerText({ code, data: everyBlocker[code] } as never)
    expect([waitsFor, clearedBy].filter(isText)).toHaveLength(2)
  })

  test.for(Object.keys(everyWakeUp) as WakeUpCode[])('wake-up %s', (code) => {
    expect(isText(wakeUpText({ code, data: everyWakeUp[code] } as never))).toBe(true)
  })

  test('and none is missing here', () => {
    expect(Object.keys(everyBlocker).sort()).toEqual([...blockerCodes].sort())
    expect(Object.keys(everyWakeUp).sort()).toEqual([...wakeUpCodes].sort())
  })

  test('a code that is not known is its own text', () => {
    expect(blockerText({ code: 'toString', data: {} } as never)).toEqual({
      waitsFor: 'toString',
      clearedBy: 'toString',
    })
    expect(wakeUpText({ code: 'constructor', data: null } as never)).toBe('constructor')
  })
})

const families = [
  ['canary-basic', 53],
  ['canary-routed', 53],
  ['canary-analysis', 53],
  ['blue-green', 53],
  ['experiment', 7],
  ['analysis-run', 53],
] as const

function decisionOf({ objects, key, now, ...situation }: Situation) {
  if (key.startsWith('rollouts/')) return decided(observationOf({ objects, key, now, ...situation }))
  if (key.startsWith('experiments/')) return reconcileExperiment(observeExperiment(objects, key, now))
  return reconcileAnalysisRun({ now, analysisRun: objects[key] as never })
}

describe('in recorded situations', () => {
  test.for(families)(
    'of %s every blocker and wake-up says itself in words, and the earliest wake-up counts',
    ([family, every]) => {
      let told = 0
      for (const { name, situation } of recordedSituations(family, every)) {
        const { blockers, wakeUps, requeueAfterSeconds } = decisionOf(situation)
        for (const one of blockers) {
          const { waitsFor, clearedBy } = blockerText(one)
          expect([name, one.code, isText(waitsFor) && isText(clearedBy)]).toEqual([name, one.code, true])
          expect(Object.hasOwn(everyBlocker, one.code)).toBe(true)
        }
        for (const one of wakeUps) expect([name, one.code, isText(wakeUpText(one))]).toEqual([name, one.code, true])
        const earliest = Math.min(...wakeUps.map(({ afterSeconds }) => afterSeconds))
        expect([name, requeueAfterSeconds]).toEqual([name, wakeUps.length === 0 ? undefined : earliest])
        told += blockers.length + wakeUps.length
      }
      expect(told).toBeGreaterThan(0)
    },
  )
})
