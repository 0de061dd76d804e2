import { readSimulations } from '../input/readSimulations'
import { givenList, givenObject } from '../model/given'
import type { Issue } from '../model/issue'
import type { ScenarioEvent, Simulation, SimulationSpec } from './document'

/** A Simulation of a text. */
export interface SimulationOfText {
  readonly simulation: Simulation
  /** The line of a field, from 1: for issues and reports that name a path. */
  readonly lineOf: (path: string) => number
}

/**
 * Reads Simulations: YAML or JSON, several documents. What is wrong comes back as issues with line and path, all at
 * once; a Simulation with an error is not among them.
 *
 * @example
 * import { readSimulation } from 'rollout-engine/scenario'
 * const { issues } = readSimulation('apiVersion: rollout-engine/v1\nkind: Simulation\nmetadata: {name: a}\nspec: {manifest: []}\n')
 * issues.map(({ line, path }) => `${line} ${path}`) // => ['4 spec.manifests', '4 spec.manifest']
 */
export function readSimulation(text: string): {
  readonly simulations: readonly SimulationOfText[]
  readonly issues: readonly Issue[]
} {
  const { simulations, issues } = readSimulations(text)
  const read = simulations.map(({ value, lineOf }) => ({ simulation: value as unknown as Simulation, lineOf }))
  return { simulations: read, issues }
}

/** Is this text meant to be a Simulation? Asked before anybody reads it as manifests. */
export const looksLikeSimulation = (text: string): boolean =>
  /^\s*"?kind"?:\s*"?Simulation"?\s*,?\s*(?:#.*)?$/m.test(text) || /"kind"\s*:\s*"Simulation"/.test(text)

/**
 * The files that a Simulation names, once each, as it names them.
 *
 * @example
 * import { filesOf, scenario } from 'rollout-engine/scenario'
 * const { simulation } = scenario('an update', ['rollout.yaml']).at(60, { apply: ['new.yaml'] })
 * filesOf(simulation) // => ['rollout.yaml', 'new.yaml']
 */
export function filesOf(simulation: Simulation): readonly string[] {
  const { manifests, events } = givenObject<SimulationSpec>(givenObject<Simulation>(simulation).spec)
  const applied = givenList(events).flatMap((event) => givenList(givenObject<ScenarioEvent>(event).apply))
  return [...new Set([...givenList(manifests), ...applied].filter((source) => typeof source === 'string'))]
}
