import { readdirSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import type { Issue } from '../model/issue'
import type { NamedFiles } from '../scenario/deeds'
import {
  filesOf,
  looksLikeSimulation,
  readSimulation,
  type SimulationOfText,
  withLoad,
} from '../scenario/readSimulation'
import type { Manifest } from '../simulate/worldEvent'
import { readText, reasonOf } from './files'
import { readManifests } from './manifestFiles'
import { printNote } from './output'
import { readableLine } from './readable'
import { withoutData } from './secretData'

/** A Simulation of a file, with the objects of the files that it names. */
export interface ScenarioOfFile extends SimulationOfText {
  readonly file: string
  readonly files: NamedFiles
}

export interface ScenarioFiles {
  readonly scenarios: readonly ScenarioOfFile[]
  /** With file and line. */
  readonly issues: readonly Issue[]
  /** Text by file. */
  readonly texts: ReadonlyMap<string, string>
}

const name = /\.(?:ya?ml|json)$/i

/** Reads the Simulations of files and folders; undefined, after saying why, where one cannot be read. */
export function readScenarioFiles(names: readonly string[]): ScenarioFiles | undefined {
  const scenarios: ScenarioOfFile[] = []
  const issues: Issue[] = []
  const texts = new Map<string, string>()
  for (const given of names) {
    const listed = listedIn(given)
    if (!listed) return undefined
    for (const file of listed.files) {
      const text = readText(file)
      if (text === undefined) return undefined
      if (listed.isFolder && !looksLikeSimulation(text)) continue
      texts.set(file, text)
      const read = readSimulation(text)
      issues.push(...read.issues.map((issue) => ({ ...withoutData(issue), file })))
      for (const one of read.simulations) {
        const named = readNamed(file, one)
        const loaded = readLoad(file, one)
        if (!named || !loaded) return undefined
        issues.push(...loaded.issues)
        issues.push(...named.issues)
        for (const [other, content] of named.texts) texts.set(other, content)
        scenarios.push({ ...one, simulation: loaded.simulation, file, files: named.files })
      }
    }
  }
  return { scenarios, issues, texts }
}

/** Of a folder, all files below it: those with Simulations are asked for. */
function listedIn(given: string): { readonly files: readonly string[]; readonly isFolder: boolean } | undefined {
  if (given === '-') return { files: [given], isFolder: false }
  try {
    if (!statSync(given).isDirectory()) return { files: [given], isFolder: false }
    const found = readdirSync(given, { recursive: true, encoding: 'utf8' }).filter((one) => name.test(one))
    return { files: found.sort().map((one) => join(given, one)), isFolder: true }
  } catch (error) {
    printNote(`rollout-engine: cannot read ${readableLine(given)}: ${readableLine(reasonOf(error))}`)
    return undefined
  }
}

const besides = (file: string, source: string): string =>
  isAbsolute(source) || file === '-' ? source : join(dirname(file), source)

/** The rows of a recorded load are read as the Simulation is. */
function readLoad(file: string, { simulation }: SimulationOfText) {
  const csv = simulation.spec.load?.csv
  if (csv === undefined) return { simulation, issues: [] }
  const path = besides(file, csv)
  const text = readText(path)
  if (text === undefined) return undefined
  const read = withLoad(simulation, () => text)
  return { ...read, issues: read.issues.map((issue) => ({ ...issue, file: path })) }
}

function readNamed(file: string, { simulation }: SimulationOfText) {
  const files: Record<string, readonly Manifest[]> = {}
  const issues: Issue[] = []
  const texts = new Map<string, string>()
  for (const source of filesOf(simulation)) {
    const path = besides(file, source)
    const read = readManifests([path])
    if (!read) return undefined
    files[source] = read.objects
    issues.push(...read.issues)
    for (const [other, content] of read.texts) texts.set(other, content)
  }
  return { files, issues, texts }
}
