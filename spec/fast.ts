// `npm run test:fast`: what a change is tried with while it is being written, in less than a minute on two cores. Which specs
// it leaves out stands in vitest.config.ts.

/** Of a family of vectors, one case in so many is judged. */
export const sampleEvery = 25

/** Set in the environment of the tests. */
export const fastVariable = 'ROLLOUT_ENGINE_FAST'

export const fastRun = (): boolean => process.env[fastVariable] !== undefined
