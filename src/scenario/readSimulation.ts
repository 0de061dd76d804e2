import { readSimulations } from '../input/readSimulations'
import { givenList, givenObject } from '../model/given'
import type { Issue } from '../model/issue'
import { trafficPoints } from '../simulate/models/trafficPoints'
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
 * The Simulation with the rows of its load instead of the file's name. `textOf` gives the text of a file;
 * undefined: it cannot be read, and the name stays.
 */
export function withLoad(
  simulation: Simulation,
  textOf: (csv: string) => string | undefined,
): { readonly simulation: Simulation; readonly issues: readonly Issue[] } {
  const { spec } = simulation
  const csv = spec.load?.csv
  const text = csv === undefined ? undefined : textOf(csv)
  if (csv === undefined || text === undefined) return { simulation, issues: [] }
  const { points, issues } = trafficPoints(text)
  const { csv: _, ...load } = spec.load ?? {}
  return { simulation: { ...simulation, spec: { ...spec, load: { ...load, points } } }, issues }
}

/**
 * The files that a Simulation names, once each, as it names them.
 *
 * @example
 * import { filesOf, scenario } from 'rollout-engine/scenario'
 * const { simulation } = scenario('an update', ['rollout.yaml']).at(60, { apply: ['new.yaml'] })
 * filesOf(simulation) // => ['rollout.yaml', 'new.yaml']
 */
export function filesOf(simulation: Simulation): readonly string[] {
  const spec = givenObject<SimulationSpec>(givenObject<Simulation>(simulation).spec)
  const { manifests, events, onCall, sync, schedule } = spec
  const deeds: readonly unknown[] = [
    ...givenList(events),
    ...givenList(onCall),
    ...givenList(givenObject<NonNullable<typeof schedule>>(schedule).deeds),
  ]
  const applied = deeds.flatMap((deed) => givenList(givenObject<ScenarioEvent>(deed).apply))
  const synced = givenList(givenObject<NonNullable<typeof sync>>(sync).manifests)
  return [...new Set([...givenList(manifests), ...applied, ...synced].filter((source) => typeof source === 'string'))]
}
