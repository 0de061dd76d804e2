// Sound arguments of the functions of rollout-engine/scenario.

export function scenarioSamples(manifests: unknown, scenario: unknown) {
  const story = {
    apiVersion: 'rollout-engine/v1',
    kind: 'Simulation',
    metadata: { name: 'x' },
    spec: {
      manifests,
      events: [{ when: 'second > 2', image: 'web:2' }],
      untilSeconds: 20,
      expectations: [{ never: 'available < 0' }, { expect: 'paused within 5s after updating' }, { invariant: 'S3' }],
    },
  }
  const counterexample = { invariant: 'S3', sentence: 'x', threads: [], atSeconds: 1, seen: 'y', scenario, story: 'z' }
  const ways = [{ between: [1, 3] }, { around: { mean: 2, deviation: 1 } }, { exponential: 2 }, { pick: [1, 2] }]
  const vary = [
    ...ways.map((way) => ({ field: 'pods.readyAfterSeconds', ...way })),
    { field: 'events[0].afterSeconds', chance: 0.5, value: 3, decimals: 1 },
  ]
  const storyToDraw = { ...story, spec: { ...story.spec, maxReconciles: 12, vary } }
  return {
    drawOf: [[1]],
    drawSimulation: [[storyToDraw, 7]],
    sweepSimulation: [[storyToDraw, { runs: 1, firstSeed: 1 }]],
    sweepPart: [[storyToDraw, { runs: 1, firstSeed: 1 }]],
    joinParts: [[[partOfSweep, partOfSweep]]],
    reportSweep: [[partOfSweep, { firstSeed: 1 }]],
    sweep: [[() => ({ manifests, untilSeconds: 5, maxReconciles: 12 }), { runs: 1, firstSeed: 1 }]],
    runSimulation: [[story, { files: {} }]],
    readSimulation: [[JSON.stringify(story)]],
    scenario: [['x', manifests]],
    filesOf: [[story]],
    simulationOf: [[counterexample, { manifests: ['a.yaml'], rollout: 'web', controller: 'v1.9' }]],
    simulationSchema: [[0]],
  }
}

const partOfSweep = {
  runs: 2,
  outcomes: { healthy: 2 },
  numbers: [{ name: 'paused', unit: 's', digits: 4, counts: [[1, 2]], least: 1, most: 1, seedOfMost: 1 }],
  expectations: [{ title: 'x', broken: 1, seeds: [1] }],
  unhealthySeeds: [2],
}

/** Those of the models of rollout-engine/simulate. */
export const modelSamples = {
  autoscaler: [[{ traffic: () => 1, requestsPerPod: 1, targetUtilisation: 50, minReplicas: 1, maxReplicas: 3 }]],
  crashLoop: [[{ image: 'web:2', afterSeconds: { between: [1, 9] }, seed: 1 }]],
  endpoints: [[{ lagSeconds: 5 }]],
  nodes: [[{ count: 3, podsPerNode: 4, losses: [{ atSeconds: 60, count: 1, replacedAfterSeconds: 300 }] }]],
  quota: [[{ pods: 4, fromSeconds: 1, untilSeconds: 9 }]],
  schedule: [[{ deeds: [{ image: 'web:2' }], everySeconds: 60, fromSecond: 5, repeats: true }]],
  slowLeak: [[{ image: 'web:2', startMegabytes: 1, megabytesPerHour: 2, limitMegabytes: 3 }]],
  startUp: [[{ readyAfterSeconds: { around: { mean: 5, deviation: 2 } }, fromSeconds: 1, untilSeconds: 9, seed: 1 }]],
  trafficOfCsv: [['atSeconds,rps\n0,1\n']],
  gitOpsSync: [[{ manifests: [], everySeconds: 60 }]],
  onCall: [[{ calledWhen: () => true, afterSeconds: 60, deed: { command: 'promote' } }]],
  servedRequests: [[{ traffic: () => 1, metrics: { errors: 'errorRate' } }]],
  constantTraffic: [[1]],
  dailyTraffic: [[{ lowest: 1, highest: 2, peakSecond: 0 }]],
  burstTraffic: [[() => 1, { fromSeconds: 0, untilSeconds: 1, requestsPerSecond: 1 }]],
  replayedTraffic: [[[{ atSeconds: 0, requestsPerSecond: 1 }]]],
}
