import type { ControllerVersion } from '../model/controllerVersion'
import { asKind } from '../model/kinds'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import { simulate } from '../simulate/simulate'
import { startObjects } from '../simulate/startObjects'
import { type ChangeBetween, changesBetween } from './compareRuns'
import { hashesOf, liveWorkloads, type RevisionNote, type WorkloadNote } from './liveWorkloads'
import { neverReadyImages, type Scenario, standardScenarios } from './scenarios'
import { firstDifference, type Moment, type Story, sameMoment, storyOf } from './story'

export interface UpgradeInput {
  /** The Rollout and what it refers to. */
  readonly manifests: readonly KubeObject[]
  /** Which Rollout; needed only if there are several. */
  readonly name?: string
  readonly from: ControllerVersion
  readonly to: ControllerVersion
  /** What the cluster holds today, as `kubectl get -o yaml` prints it: it says which ReplicaSets are recognised. */
  readonly live?: readonly KubeObject[]
}

export interface ScenarioReport {
  readonly scenario: string
  /** The first moment at which the two stories differ; absent where they are the same but for texts of events. */
  readonly first?: { readonly from: Moment | undefined; readonly to: Moment | undefined }
  /** Events of which only one controller tells, hashes aside. */
  readonly onlyFrom: readonly string[]
  readonly onlyTo: readonly string[]
  /** How both stories end. */
  readonly endsAlike: boolean
  /** Of a Simulation: what is expected and holds under one of the two only. */
  readonly expectations?: readonly ExpectationChange[]
}

/** An expectation that holds under one of two controllers only. */
export interface ExpectationChange {
  readonly title: string
  readonly holdsUnder: 'from' | 'to'
}

export interface UpgradeReport {
  readonly from: ControllerVersion
  readonly to: ControllerVersion
  readonly rollout: string
  readonly revision: RevisionNote
  /** Every Rollout of the dump, by namespace and name; empty without one. */
  readonly workloads: readonly WorkloadNote[]
  /** Scenarios that go otherwise. */
  readonly differing: readonly ScenarioReport[]
  /** Names of those that go as before. */
  readonly alike: readonly string[]
  /** Changes between the versions that this Rollout can meet. */
  readonly changes: readonly ChangeBetween[]
}

const startAt = '2030-01-01T00:00:00Z'
const untilSeconds = 3600

/**
 * What an upgrade of the controller changes for a Rollout: the standard scenarios are simulated under both versions and
 * compared. Undefined where the manifests hold no Rollout, or no telling which.
 */
export function previewUpgrade(input: UpgradeInput): UpgradeReport | undefined {
  const { objects, key } = startObjects(input.manifests, input.name, startAt)
  const rollout = key === undefined ? undefined : asKind('Rollout', objects[key] as KubeObject)
  if (!rollout) return undefined
  const workloads = input.live ? liveWorkloads(input.live, input) : []
  const reports = standardScenarios(rollout).map((scenario) => compareScenario(input, scenario))
  return {
    from: input.from,
    to: input.to,
    rollout: rollout.metadata.name,
    revision: revisionNote(input, rollout, workloads),
    workloads,
    differing: reports.filter((report) => isDifferent(report)),
    alike: reports.filter((report) => !isDifferent(report)).map(({ scenario }) => scenario),
    changes: changesBetween(input.from, input.to, rollout),
  }
}

/** The preview with more stories than the standard ones. */
export const withStories = (report: UpgradeReport, more: readonly ScenarioReport[]): UpgradeReport => ({
  ...report,
  differing: [...report.differing, ...more.filter(isDifferent)],
  alike: [...report.alike, ...more.filter((one) => !isDifferent(one)).map(({ scenario }) => scenario)],
})

function isDifferent({ first, onlyFrom, onlyTo, expectations = [] }: ScenarioReport): boolean {
  return first !== undefined || onlyFrom.length + onlyTo.length + expectations.length > 0
}

/** Of the Rollout that the stories are about: as the dump holds it, or from its manifest alone. */
function revisionNote({ from, to, live }: UpgradeInput, rollout: Rollout, workloads: readonly WorkloadNote[]) {
  const { name, namespace } = rollout.metadata
  const isIt = ({ workload }: WorkloadNote): boolean => workload === `${namespace}/${name}`
  const isNamesake = ({ workload }: WorkloadNote): boolean => workload.endsWith(`/${name}`)
  const found = workloads.find(isIt) ?? workloads.find(isNamesake)
  if (live && found) return found
  const hashes = hashesOf(rollout, { from, to })
  const verdict = hashes.hashFrom === hashes.hashTo ? ('same' as const) : ('unknown' as const)
  return { ...hashes, verdict, reasons: [], restartsSteps: false }
}

function compareScenario(input: UpgradeInput, scenario: Scenario): ScenarioReport {
  const [from, to] = [tell(input, scenario, input.from), tell(input, scenario, input.to)]
  const first = firstDifference(from.frames, to.frames)
  return {
    scenario: scenario.name,
    ...(first && { first: { from: first.left, to: first.right } }),
    onlyFrom: from.events.filter((event) => !to.events.includes(event)),
    onlyTo: to.events.filter((event) => !from.events.includes(event)),
    endsAlike: sameMoment(from.frames.at(-1), to.frames.at(-1)),
  }
}

function tell(
  { manifests, name }: UpgradeInput,
  { events, neverReady }: Scenario,
  controller: ControllerVersion,
): Story {
  const timeline = simulate({
    manifests,
    name,
    events,
    untilSeconds,
    startAt,
    pods: { readyAfterSeconds: 5, ...(neverReady && { neverReadyImages }) },
    options: { controller },
  })
  return storyOf(timeline)
}
