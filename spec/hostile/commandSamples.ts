import { abort, setImage } from '../../src/commands/index'
import { answersOf, simulate } from '../../src/simulate/index'
import { describeTimeline } from '../../src/view/index'
import { stableHash } from '../rollout/update'
import { analysisRun, experiment, manifest, now, rateTemplate, rolloutObservations } from './sampleObjects'

// Sound arguments of what people do and ask: commands, explanations, timelines and their answers.

const [observation] = rolloutObservations
const { rollout, replicaSets } = observation!
const workloadRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }
const paused = {
  ...rollout,
  spec: { ...rollout.spec, paused: true },
  status: {
    ...rollout.status,
    pauseConditions: [{ reason: 'CanaryPauseStep', startTime: now }],
    controllerPause: true,
    canary: { currentStepAnalysisRunStatus: { name: 'web-2', status: 'Inconclusive' } },
  },
}
const referring = { ...rollout, spec: { ...rollout.spec, workloadRef } }
const holder = { ...rollout, kind: 'Rollout' }
const plan = abort(rollout)
const update = setImage(holder as never, '*', 'web:3')
const [updateRequest] = 'requests' in update ? update.requests : []
const requests = [
  ...plan.requests,
  updateRequest,
  {
    verb: 'patch',
    target: { resource: 'rollouts', namespace: 'shop', name: 'web' },
    patchType: 'json',
    patch: [{ op: 'replace', path: '/spec/replicas', value: 3 }],
  },
  { verb: 'create', target: { resource: 'rollouts', namespace: 'shop', name: '' }, object: manifest },
]
const target = [[rollout]]
const simulated = simulate({
  manifests: [manifest, rateTemplate],
  events: [{ atSeconds: 1, image: 'web:2' }],
  untilSeconds: 5,
})
const { frames, events, untilSeconds, controller, outcome, objects, history } = simulated
const timeline = { frames, events, untilSeconds }
const looks = { untilSeconds: 5, pods: { readyAfterSeconds: 1 }, series: { rate: [1] } }

export const commandSamples: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  abort: target,
  retry: target,
  pause: target,
  resume: target,
  retryExperiment: [[experiment.experiment]],
  terminateAnalysisRun: [[analysisRun]],
  terminateExperiment: [[experiment.experiment]],
  scale: [[rollout, 3]],
  restart: [[rollout, now, '-1h30m']],
  promote: [
    [rollout],
    [paused, { full: true }],
    [rollout, { skipCurrentStep: true }],
    [rollout, { skipAllSteps: true }],
  ],
  setImage: [
    [holder, 'web', 'web:3'],
    [holder, '*', 'web:3'],
  ],
  templateHolder: [[rollout], [referring]],
  undo: [
    [rollout, replicaSets],
    [referring, replicaSets, 1],
  ],
  create: [[manifest, 'shop']],
  createAnalysisRun: [
    [
      { ...rateTemplate, kind: 'AnalysisTemplate' },
      { namespace: 'shop', args: ['x=z'], name: 'a', instanceId: 'i' },
    ],
    [analysisRun, { namespace: 'shop', generateName: 'a-' }],
  ],
  createdMessage: [[{ resource: 'rollouts', name: 'web' }]],
  isRefused: [[plan], [{ refused: 'no' }]],
  applyRequest: requests.map((request) => [manifest, request]),
  nextRequest: [
    [plan, []],
    [plan, [{ reason: 'NotFound', message: 'no' }, {}]],
  ],
  availableCommands: rolloutObservations.map((one, index) => [one, { ...looks, previews: index === 0 }]),
  explain: rolloutObservations.map((one) => [one, looks]),
  outlook: rolloutObservations.map((one) => [one, [{ command: 'promote' }, { image: 'web:3' }], looks]),
  recordedFrame: [[frames.at(-1)]],
  answersOf: [[timeline]],
  timelineChart: [[timeline, { width: 60, ascii: true, colours: false }]],
  timelineCsv: [[timeline]],
  timelineMarkdown: [[simulated]],
  timelineMermaid: [[simulated]],
  timelineReport: [[simulated]],
  timelineSvg: [[simulated, { theme: 'dark' }]],
  compareRuns: [
    [
      { ...timeline, controller, outcome, objects, history },
      { ...timeline, controller: 'v1.8', outcome, objects, history },
    ],
  ],
  secondsLeft: [[answersOf(timeline as never).updates, 3]],
  describeTimeline: [[frames, { ...manifest, status: { stableRS: stableHash } }]],
  renderTimeline: [[describeTimeline(frames, manifest as never)]],
}
