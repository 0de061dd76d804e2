import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CheckReport } from '../check/check'
import type { CheckOptions } from '../check/options'
import type { Counterexample } from '../check/replay'
import { simulationOf } from '../scenario/counterexample'
import type { Manifest } from '../simulate/worldEvent'

/** `unproven-canary-above-10` for a sentence of a user, `S1` for a known one. */
export const fileNameOf = ({ invariant }: Pick<Counterexample, 'invariant'>): string => {
  const words = invariant.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '')
  return `${words.slice(0, 60) || 'sentence'}.json`
}

/** Writes each counterexample as a Simulation file; its path, or the reason why it could not be written. */
export function saveScenarios(
  folder: string,
  { counterexamples, controller }: CheckReport,
  manifests: readonly Manifest[],
  { name }: CheckOptions,
): readonly { readonly path: string; readonly problem?: string }[] {
  return counterexamples.map((counterexample) => {
    const path = join(folder, fileNameOf(counterexample))
    const found = simulationOf(counterexample, { manifests, controller, ...(name !== undefined && { rollout: name }) })
    try {
      mkdirSync(folder, { recursive: true })
      writeFileSync(path, `${JSON.stringify(found, null, 2)}\n`)
      return { path }
    } catch (error) {
      return { path, problem: error instanceof Error ? error.message : String(error) }
    }
  })
}
