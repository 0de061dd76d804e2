import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseManifests } from 'rollout-engine/input'
import { filesOf, type NamedFiles, readSimulation, type Simulation } from 'rollout-engine/scenario'

/** A Simulation of a file, with the objects of the files that it names. */
export interface Story {
  readonly simulation: Simulation
  readonly files: NamedFiles
}

export function readStory(path: string): Story {
  const [first] = readSimulation(readFileSync(path, 'utf8')).simulations
  if (!first) throw new Error(`${path} holds no Simulation`)
  const objectsIn = (name: string) => parseManifests(readFileSync(join(dirname(path), name), 'utf8')).objects
  const files = Object.fromEntries(filesOf(first.simulation).map((name) => [name, objectsIn(name)]))
  return { simulation: first.simulation, files }
}
