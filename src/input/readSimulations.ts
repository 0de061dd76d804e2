import * as z from 'zod/mini'
import type { Issue } from '../model/issue'
import { isJsonObject, type JsonObject } from '../model/json'
import { describe } from './explain'
import { limitsOf } from './limits'
import { pathOfText } from './lineOfField'
import { normalize } from './normalize'
import { columnOf, type Finding, lineFinder, offsetOf, pathText, type ReadDocument } from './places'
import { issueOf, mistakesOf } from './readObject'
import { describedSchema } from './schemas/describedSchema'
import { simulationDescriptions } from './schemas/descriptions/simulation'
import { simulation } from './schemas/simulation'
import { readText } from './text/readText'

/** A Simulation in a text. */
export interface SimulationDocument {
  /** Sound by its schema. */
  readonly value: JsonObject
  /** Line of a field of it, from 1. */
  readonly lineOf: (path: string) => number
}

/**
 * The Simulations of a text, and everything that is wrong with it, with lines. What has an error is not among them. An
 * unknown field is an error here: a sentence that nobody judges would be a test that cannot fail.
 */
export function readSimulations(text: string): {
  readonly simulations: readonly SimulationDocument[]
  readonly issues: readonly Issue[]
} {
  const simulations: SimulationDocument[] = []
  const issues: Issue[] = []
  const { documents, unfinished } = readText(text, limitsOf({}))
  const lineOf = lineFinder(text)
  const place = (document: ReadDocument, finding: Finding): Issue => {
    const offset = finding.offset ?? offsetOf(document, finding.path)
    const column = finding.code === 'syntax' ? { column: columnOf(text, offset) } : {}
    return { ...issueOf(finding), line: lineOf(offset), ...column, documentIndex: document.index }
  }
  for (const document of documents) {
    const { value, findings } = document
    if (value === null || value === undefined) {
      issues.push(...findings.map((finding) => place(document, finding)))
      continue
    }
    const read = readBySchema(value)
    const found = [...findings, ...read.findings]
    issues.push(...found.map((finding) => place(document, finding)).sort((a, b) => (a.line ?? 0) - (b.line ?? 0)))
    if (found.some(({ severity }) => severity !== 'warning') || !isJsonObject(read.value)) continue
    simulations.push({ value: read.value, lineOf: (path) => lineOf(offsetOf(document, pathOfText(path))) })
  }
  if (unfinished) issues.push(issueOf(unfinished))
  if (documents.length === 0 && issues.length === 0) issues.push(issueOf(noSimulation(undefined)))
  return { simulations, issues }
}

/** A value as a Simulation, with null taken for absent, and what its schema says against it: sound without errors. */
export function readSimulationObject(given: unknown): { readonly value: unknown; readonly issues: readonly Issue[] } {
  const { value, findings } = readBySchema(given)
  return { value, issues: findings.map(issueOf) }
}

function readBySchema(given: unknown): { readonly value: unknown; readonly findings: readonly Finding[] } {
  if (!isJsonObject(given) || (given.kind !== undefined && given.kind !== 'Simulation'))
    return { value: given, findings: [noSimulation(given)] }
  const { value, findings: unknown } = normalize(simulation, given)
  const errors = unknown.map(({ severity: _, ...finding }): Finding => finding)
  const mistakes = mistakesOf(simulation, value).map(withTwoForms)
  const said = new Set(mistakes.map(({ path }) => pathText(path)))
  return { value, findings: [...mistakes, ...errors.filter(({ path }) => !said.has(pathText(path)))] }
}

/** The only fields with two forms are those of manifests. */
const withTwoForms = (finding: Finding): Finding =>
  finding.message.startsWith('expected an integer or text')
    ? { ...finding, message: finding.message.replace('an integer or text', 'the path of a file or an object') }
    : finding

const noSimulation = (value: unknown): Finding => ({
  code: 'not-an-object',
  path: [],
  message: `expected apiVersion: rollout-engine/v1 and kind: Simulation, got ${isJsonObject(value) && typeof value.kind === 'string' ? `a ${value.kind}` : describe(value)}`,
})

/**
 * The JSON Schema (draft 2020-12) of a Simulation file, for editors: the readers are made of the same schema. A new
 * object each time.
 *
 * @example
 * import { simulationSchema } from 'rollout-engine/scenario'
 * simulationSchema().title // => 'Simulation'
 */
export function simulationSchema(): JsonObject {
  const made = z.toJSONSchema(simulation, { target: 'draft-2020-12', io: 'input' }) as unknown as JsonObject
  return describedSchema({ ...made, title: 'Simulation' }, simulationDescriptions)
}
