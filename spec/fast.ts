// `npm run test:fast`: what a change is tried with while it is being written, in less than a minute on two cores.

/** Specs that are left out: they take more than about two seconds each and rarely fail alone. */
export const slowSpecs: readonly string[] = [
  'spec/conformance/versions.spec.ts',
  'spec/docs.spec.ts',
  'spec/docs/docs.spec.ts',
  'spec/examples*.spec.ts',
  'spec/hostile/**',
  'spec/package/package.spec.ts',
  'spec/properties/**',
  'spec/mutants/**',
  'spec/expr/fuzz.spec.ts',
  'spec/expr/differential.spec.ts',
  'spec/cli/main.spec.ts',
  'spec/judgeFolder.spec.ts',
]

/** Of a family of vectors, one case in so many is judged. */
export const sampleEvery = 25

/** Set in the environment of the tests. */
export const fastVariable = 'ROLLOUT_ENGINE_FAST'

export const fastRun = (): boolean => process.env[fastVariable] !== undefined
