import type { NamedCondition } from '../expr/named'
import { readSimulationObject } from '../input/readSimulations'
import { givenObject } from '../model/given'
import type { Issue } from '../model/issue'
import type { KubeObject } from '../model/meta'
import type { SimulationInput } from '../simulate/simulation'
import type { Manifest, WorldDeed, WorldEvent } from '../simulate/worldEvent'
import type { BeginningReader } from './beginning'
import { type NamedFiles, readDeed } from './deeds'
import type { ScenarioEvent, Simulation } from './document'
import { type MakeModels, readModels } from './models'
import { type ReadExpectation, readCondition, readExpectation } from './sentences'
import { variationIssues } from './sweep/vary'

/** An event that waits for a condition. */
export interface ConditionalEvent {
  readonly holds: NamedCondition
  /** Earliest second. */
  readonly atSeconds: number
  readonly afterSeconds: number
  readonly deed: WorldDeed
  readonly path: string
}

/** A Simulation that can run. */
export interface Prepared {
  readonly name: string
  readonly input: SimulationInput
  /** Paths of the events of `input` in the Simulation. */
  readonly eventPaths: readonly string[]
  readonly conditional: readonly ConditionalEvent[]
  readonly models: MakeModels
  readonly expectations: readonly ReadExpectation[]
  readonly healedAtSeconds: number
  readonly settleSeconds: number
  /** Doubts. */
  readonly issues: readonly Issue[]
}

const defaultSettleSeconds = 900

const isError = ({ severity }: Issue): boolean => severity !== 'warning'

/**
 * Reads what a Simulation says, puts files in the places of their names and installs the first version. All problems
 * at once.
 */
export function prepare(
  given: unknown,
  files: NamedFiles,
  reader: BeginningReader,
): { readonly prepared: Prepared } | { readonly issues: readonly Issue[] } {
  const simulation = readSimulationObject(given)
  if (simulation.issues.some(isError)) return { issues: simulation.issues }
  const { metadata, spec } = simulation.value as Simulation
  const { manifests, issues: ofManifests } = reader.manifests(spec.manifests, files)
  const issues = [...ofManifests]
  const read = (spec.expectations ?? []).map((one, index) => readExpectation(one, `spec.expectations[${index}]`))
  issues.push(...read.flatMap((one) => ('issues' in one ? one.issues : [])))
  const events = (spec.events ?? []).map((event, index) => readEvent(event, `spec.events[${index}]`, files, issues))
  const models = readModels(spec, files, issues)
  issues.push(...variationIssues(spec.vary ?? []))
  if (issues.some(isError)) return { issues }
  const timed = events.flatMap((event) => (event && 'event' in event ? [event.event] : []))
  const input = withoutMissing({
    manifests,
    name: spec.rollout,
    missing: spec.missing,
    startAt: spec.startAt,
    wholeSeconds: spec.wholeSeconds,
    maxReconciles: spec.maxReconciles,
    pods: spec.pods,
    router: spec.router,
    plugins: spec.plugins,
    series: spec.series,
    events: timed,
    untilSeconds: spec.untilSeconds,
    options: { controller: spec.controller },
  })
  const begun = spec.firstInstall === true || isLive(manifests) ? { input, issues: [] } : reader.installed(input)
  if (!begun.input) return { issues: begun.issues }
  const lastSeconds = Math.max(0, ...timed.map(({ atSeconds }) => atSeconds ?? 0))
  return {
    prepared: {
      name: metadata.name,
      input: begun.input,
      conditional: events.flatMap((event) => (event && 'holds' in event ? [event] : [])),
      models,
      expectations: read.flatMap((one) => ('expectation' in one ? [one.expectation] : [])),
      eventPaths: events.flatMap((event, index) => (event && 'event' in event ? [`spec.events[${index}]`] : [])),
      healedAtSeconds: spec.healedAtSeconds ?? lastSeconds,
      settleSeconds: spec.settleSeconds ?? defaultSettleSeconds,
      issues: [...issues, ...begun.issues],
    },
  }
}

/** Options that nobody said are not there. */
const withoutMissing = (input: SimulationInput): SimulationInput =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as unknown as SimulationInput

/** Read from a cluster, or an Experiment alone: nothing is to be installed. */
const isLive = (manifests: readonly Manifest[]): boolean =>
  manifests.some((one) => one.kind === 'Rollout' && (one as KubeObject).status !== undefined) ||
  !manifests.some(({ kind }) => kind === 'Rollout')

function readEvent(
  given: ScenarioEvent,
  path: string,
  files: NamedFiles,
  issues: Issue[],
): ConditionalEvent | { readonly event: WorldEvent } | undefined {
  const { when, afterSeconds, ...plain } = given
  const event = readDeed(plain, path, files, issues) as WorldEvent | undefined
  if (!event) return undefined
  if (when === undefined) {
    if (afterSeconds === undefined) return { event }
    const message = 'afterSeconds counts from the moment of a condition: add when, or say atSeconds'
    issues.push({ code: 'wrong-value', path: `${path}.afterSeconds`, message })
    return undefined
  }
  const { atSeconds = 0, whenPaused: _, whenHealthy: __, ...deed } = givenObject<WorldEvent>(event)
  const read = readCondition(when, `${path}.when`)
  if ('holds' in read)
    return { holds: read.holds, atSeconds, afterSeconds: afterSeconds ?? 1, deed: deed as WorldDeed, path }
  issues.push(read.issue)
  return undefined
}
