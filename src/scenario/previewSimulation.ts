import type { ControllerVersion } from '../model/controllerVersion'
import type { Issue } from '../model/issue'
import { compareRuns } from '../upgrade/compareRuns'
import type { ExpectationChange, ScenarioReport } from '../upgrade/previewUpgrade'
import type { NamedFiles } from './deeds'
import type { Simulation } from './document'
import { type ExpectationReport, runSimulation } from './runSimulation'

/** A Simulation under two controllers. */
export interface SimulationPreview {
  /** Undefined if it did not run. */
  readonly report?: ScenarioReport
  readonly issues: readonly Issue[]
}

/** Tells the story of a Simulation under both controllers, whatever controller it names, and judges what it expects. */
export function previewSimulation(
  simulation: Simulation,
  files: NamedFiles,
  { from, to }: { readonly from: ControllerVersion; readonly to: ControllerVersion },
): SimulationPreview {
  const under = (controller: ControllerVersion) =>
    runSimulation({ ...simulation, spec: { ...simulation.spec, controller } }, { files })
  const [one, other] = [under(from), under(to)]
  if (!one.timeline || !other.timeline) return { issues: one.timeline ? other.issues : one.issues }
  const { first, onlyLeft, onlyRight, endsAlike } = compareRuns(one.timeline, other.timeline)
  const expectations = changedExpectations(one.expectations, other.expectations)
  const report = {
    scenario: one.name,
    ...(first && { first: { from: first.left, to: first.right } }),
    onlyFrom: onlyLeft,
    onlyTo: onlyRight,
    endsAlike,
    ...(expectations.length > 0 && { expectations }),
  }
  return { report, issues: one.issues }
}

/** Those that hold under one of the two only. */
const changedExpectations = (
  before: readonly ExpectationReport[],
  after: readonly ExpectationReport[],
): readonly ExpectationChange[] =>
  before.flatMap(({ title, holds }, index) =>
    after[index] && after[index].holds !== holds ? [{ title, holdsUnder: holds ? 'from' : 'to' }] : [],
  )
