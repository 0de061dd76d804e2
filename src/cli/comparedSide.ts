import type { ControllerVersion } from '../model/controllerVersion'
import { newestRelease } from '../model/controllerVersion'
import type { Issue } from '../model/issue'
import type { KubeObject } from '../model/meta'
import { looksLikeSimulation } from '../scenario/readSimulation'
import { runSimulation } from '../scenario/runSimulation'
import { simulate } from '../simulate/simulate'
import type { Timeline } from '../simulate/simulation'
import type { WorldEvent } from '../simulate/worldEvent'
import { readRunningAndApplied } from './appliedFiles'
import { placedIssuesOf } from './commands/test'
import { readText } from './files'
import { modelsOf } from './modelOptions'
import { placedIssues } from './placedIssues'
import { readScenarioFiles } from './scenarioFiles'
import type { SimulateArguments } from './simulateArguments'
import { inputOf, readMeasured } from './simulationInput'

/** One of the two that are compared. */
export interface ComparedSide {
  readonly file: string
  readonly controller: ControllerVersion | undefined
  readonly label: string
}

export interface SideRun {
  readonly issues: readonly Issue[]
  /** Undefined where it could not be simulated. */
  readonly timeline?: Timeline
}

/** Simulates one side; undefined, after saying why, where a file cannot be read. */
export function runSide(side: ComparedSide, given: SimulateArguments): SideRun | undefined {
  if (/\.(?:ya?ml|json)$/i.test(side.file)) {
    const text = readText(side.file)
    if (text === undefined) return undefined
    if (looksLikeSimulation(text)) return runScenario(side)
  }
  return runManifests(side, given)
}

function runScenario({ file, controller }: ComparedSide): SideRun | undefined {
  const read = readScenarioFiles([file])
  const [scenario] = read?.scenarios ?? []
  if (!read) return undefined
  if (!scenario) return { issues: read.issues }
  const { simulation, files } = scenario
  const asked = controller ? { ...simulation, spec: { ...simulation.spec, controller } } : simulation
  const report = runSimulation(asked, { files })
  const issues = [...read.issues, ...placedIssuesOf({ scenario, report })]
  return { issues, ...(report.timeline && { timeline: report.timeline }) }
}

const updateSeconds = 60
const mostPauses = 50

/** Where nobody tells a story: an update that people promote. */
const usualStory: readonly WorldEvent[] = [
  { atSeconds: updateSeconds, image: 'rollout-engine.invalid/next:1' },
  ...Array.from({ length: mostPauses }, () => ({ whenPaused: true, command: 'promote' }) as const),
]

function runManifests(
  { file, controller = newestRelease }: ComparedSide,
  given: SimulateArguments,
): SideRun | undefined {
  const files = readRunningAndApplied([file], given.applied)
  const measured = files && readMeasured(files.newestFirst.objects, given)
  if (!files || !measured) return undefined
  const events = [...given.events, ...files.events]
  const input = inputOf(
    files.running.objects as readonly KubeObject[],
    { ...measured.series, ...given.series },
    { ...given, controller },
  )
  const models = modelsOf(given, files.running.objects as readonly KubeObject[])
  if (!models) return undefined
  const story = events.length > 0 ? events : usualStory
  const timeline = simulate({ ...input, events: story, ...(models.length > 0 && { models }) })
  // If the controller refuses it at once, it is the running manifest; later, the applied one.
  const { place } = timeline.frames[0]?.message.startsWith('InvalidSpec') ? files.running : files.newestFirst
  const rollout = files.running.objects.find(({ kind }) => kind === 'Rollout')
  const about = { kind: 'Rollout', name: given.rollout ?? rollout?.metadata.name ?? '' }
  const issues = [
    ...files.newestFirst.issues,
    ...measured.issues,
    ...placedIssues(timeline.issues, timeline.assumed, { ...files.running, place }, about).map((issue) => ({
      file,
      ...issue,
    })),
  ]
  return { issues, ...(timeline.frames.length > 0 && { timeline }) }
}
