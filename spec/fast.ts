// `npm run test:fast`: what a change is tried with while it is being written, in less than a minute on two cores.

/** Specs that are left out: documentation, programs, everything released, and properties with many runs. */
export const slowSpecs: readonly string[] = [
  'spec/adapters/*Host.spec.ts',
  'spec/adapters/secrets.spec.ts',
  'spec/adapters/send.spec.ts',
  'spec/check/**',
  'spec/cli/completionInShells.spec.ts',
  'spec/cli/main.spec.ts',
  'spec/cli/sweep.spec.ts',
  'spec/conformance/closedLoop/**',
  'spec/conformance/versions.spec.ts',
  'spec/docs.spec.ts',
  'spec/docs/docs.spec.ts',
  'spec/examples*.spec.ts',
  'spec/examples/**',
  'spec/expr/differential.spec.ts',
  'spec/expr/fuzz.spec.ts',
  'spec/go/goText.spec.ts',
  'spec/hostile/**',
  'spec/**/hostile.spec.ts',
  'spec/host/failing.spec.ts',
  'spec/input/heavy.spec.ts',
  'spec/judgeFolder.spec.ts',
  'spec/kube/hash/**',
  'spec/kube/podTemplate/**',
  'spec/mutants/**',
  'spec/package/package.spec.ts',
  'spec/pictures/reportInBrowser.spec.ts',
  'spec/**/properties.spec.ts',
  'spec/properties/**',
  'spec/replay/readBack.spec.ts',
  'spec/replay/replayAnalysis.spec.ts',
  'spec/rollout/growth.spec.ts',
  'spec/routers/realHaproxy.spec.ts',
  'spec/scenario/runSimulation.spec.ts',
  'spec/simulate/everySecond.spec.ts',
  'spec/simulate/liveDump.spec.ts',
  'spec/simulate/restarts.spec.ts',
  'spec/**/seeds.spec.ts',
]

/** Of a family of vectors, one case in so many is judged. */
export const sampleEvery = 25

/** Set in the environment of the tests. */
export const fastVariable = 'ROLLOUT_ENGINE_FAST'

export const fastRun = (): boolean => process.env[fastVariable] !== undefined
