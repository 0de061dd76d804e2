import { type ClusterObjects, readAs } from '../cluster/objects'
import { podTemplateHash } from '../kube/hash/podTemplateHash'
import type { ControllerVersion } from '../model/controllerVersion'
import { controllerVersions } from '../model/controllerVersion'
import { podTemplateHashLabel, revisionAnnotation } from '../model/labelKeys'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import { sameJson } from '../model/sameJson'
import { reconcileRollout } from '../reconcile'
import { observeRollout } from '../simulate/observe'
import { simulate } from '../simulate/simulate'
import { startObjects } from '../simulate/startObjects'
import type { Frame } from '../simulate/timeline'
import { type KnownChange, knownChanges } from './knownChanges'
import { neverReadyImages, type Scenario, standardScenarios } from './scenarios'

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

/** What becomes of the pods that run, by the upgrade alone. */
export interface RevisionNote {
  readonly hashFrom: string
  readonly hashTo: string
  /** `same`: one hash. `recognised`: the running ReplicaSet is found again. `new`: a new revision starts. `unknown`: no ReplicaSet was given. */
  readonly verdict: 'same' | 'recognised' | 'new' | 'unknown'
}

export interface Moment {
  readonly atSeconds: number
  readonly phase: string
  readonly message: string
  readonly weight: number | null
  readonly stepIndex: number | null
  readonly pods: Frame['pods']
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
}

export interface UpgradeReport {
  readonly from: ControllerVersion
  readonly to: ControllerVersion
  readonly rollout: string
  readonly revision: RevisionNote
  /** Scenarios that go otherwise. */
  readonly differing: readonly ScenarioReport[]
  /** Names of those that go as before. */
  readonly alike: readonly string[]
  /** Changes between the versions that this Rollout can meet. */
  readonly changes: readonly Omit<KnownChange, 'touches'>[]
}

const startAt = '2030-01-01T00:00:00Z'
const untilSeconds = 3600

/**
 * What an upgrade of the controller changes for a Rollout: the standard scenarios are simulated under both versions and compared.
 * Undefined where the manifests hold no Rollout, or no telling which.
 */
export function previewUpgrade(input: UpgradeInput): UpgradeReport | undefined {
  const { objects, key } = startObjects(input.manifests, input.name, startAt)
  const rollout = key === undefined ? undefined : readAs('Rollout', objects[key] as KubeObject)
  if (!rollout) return undefined
  const reports = standardScenarios(rollout).map((scenario) => compareScenario(input, scenario))
  return {
    from: input.from,
    to: input.to,
    rollout: rollout.metadata.name,
    revision: revisionNote(input, rollout),
    differing: reports.filter((report) => isDifferent(report)),
    alike: reports.filter((report) => !isDifferent(report)).map(({ scenario }) => scenario),
    changes: changesBetween(input, rollout),
  }
}

const isDifferent = ({ first, onlyFrom, onlyTo }: ScenarioReport): boolean =>
  first !== undefined || onlyFrom.length > 0 || onlyTo.length > 0

function changesBetween({ from, to }: UpgradeInput, rollout: Rollout): readonly Omit<KnownChange, 'touches'>[] {
  const [low, high] = [from, to].map((version) => controllerVersions.indexOf(version)).sort((a, b) => a - b)
  return knownChanges
    .filter(({ since, touches }) => {
      const place = controllerVersions.indexOf(since)
      return place > (low ?? 0) && place <= (high ?? 0) && touches(rollout)
    })
    .map(({ since, weight, text }) => ({ since, weight, text }))
}

function revisionNote({ from, to, live, name }: UpgradeInput, rollout: Rollout): RevisionNote {
  const { template } = rollout.spec
  const { collisionCount } = rollout.status ?? {}
  const hashFrom = podTemplateHash(template, collisionCount, from)
  const hashTo = podTemplateHash(template, collisionCount, to)
  const found = live && startObjects(live, name ?? rollout.metadata.name, startAt)
  if (!found?.key) return { hashFrom, hashTo, verdict: hashFrom === hashTo ? 'same' : 'unknown' }
  const running = readAs('Rollout', found.objects[found.key] as KubeObject)
  const hashes = {
    hashFrom: podTemplateHash(running.spec.template, running.status?.collisionCount, from),
    hashTo: podTemplateHash(running.spec.template, running.status?.collisionCount, to),
  }
  const { changes } = reconcileRollout(observeRollout(found.objects, found.key, startAt, { controller: to }))
  const isNew = changes.some(({ kind }) => kind === 'createReplicaSet')
  return { ...hashes, verdict: isNew ? 'new' : hashes.hashFrom === hashes.hashTo ? 'same' : 'recognised' }
}

interface Story {
  readonly frames: readonly Frame[]
  readonly events: readonly string[]
}

function compareScenario(input: UpgradeInput, scenario: Scenario): ScenarioReport {
  const [from, to] = [tell(input, scenario, input.from), tell(input, scenario, input.to)]
  const settled = (story: Story): Frame | undefined => story.frames.at(-1)
  return {
    scenario: scenario.name,
    ...firstDifference(from.frames, to.frames),
    onlyFrom: from.events.filter((event) => !to.events.includes(event)),
    onlyTo: to.events.filter((event) => !from.events.includes(event)),
    endsAlike: sameMoment(settled(from), settled(to)),
  }
}

/** A story without hashes: revisions are called by their numbers. */
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
  const plain = withoutHashes(timeline.objects)
  const told = new Set(timeline.events.map(({ reason, message }) => plain(`${reason}: ${message}`)))
  return { frames: JSON.parse(plain(JSON.stringify(timeline.frames))) as Frame[], events: [...told] }
}

function withoutHashes(objects: ClusterObjects): (text: string) => string {
  const sets = Object.values(objects).filter(({ kind }) => kind === 'ReplicaSet')
  const names = sets.flatMap(({ metadata }) => {
    const hash = metadata.labels?.[podTemplateHashLabel]
    const revision = metadata.annotations?.[revisionAnnotation]
    return hash && revision ? [[hash, `r${revision}`] as const] : []
  })
  return (text) => names.reduce((plain, [hash, revision]) => plain.replaceAll(hash, revision), text)
}

/** Frames stand only where something changed; both stories are read second by second at the moments of either. */
function firstDifference(from: readonly Frame[], to: readonly Frame[]): Pick<ScenarioReport, 'first'> {
  const moments = [...new Set([...from, ...to].map(({ atSeconds }) => atSeconds))].sort((a, b) => a - b)
  for (const second of moments) {
    const [one, other] = [frameAt(from, second), frameAt(to, second)]
    if (!sameMoment(one, other)) return { first: { from: momentOf(one, second), to: momentOf(other, second) } }
  }
  return {}
}

const frameAt = (frames: readonly Frame[], second: number): Frame | undefined =>
  frames.filter(({ atSeconds }) => atSeconds <= second).at(-1)

function momentOf(frame: Frame | undefined, atSeconds: number): Moment | undefined {
  if (!frame) return undefined
  const { phase, message, weight, stepIndex, pods } = frame
  return { atSeconds, phase, message, weight, stepIndex, pods }
}

const sameMoment = (one: Frame | undefined, other: Frame | undefined): boolean =>
  sameJson(
    { ...momentOf(one, 0), active: one?.active, abort: one?.abort },
    { ...momentOf(other, 0), active: other?.active, abort: other?.abort },
  )
