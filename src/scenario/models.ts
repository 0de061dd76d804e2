import type { NamedCondition } from '../expr/named'
import type { Issue } from '../model/issue'
import { autoscaler } from '../simulate/models/autoscaler'
import { crashLoop } from '../simulate/models/crashLoop'
import { endpoints } from '../simulate/models/endpoints'
import { gitOpsSync } from '../simulate/models/gitOpsSync'
import type { Model } from '../simulate/models/model'
import { nodes } from '../simulate/models/nodes'
import { onCall } from '../simulate/models/onCall'
import { quota } from '../simulate/models/quota'
import { schedule } from '../simulate/models/schedule'
import { servedRequests } from '../simulate/models/servedRequests'
import { slowLeak } from '../simulate/models/slowLeak'
import { startUp } from '../simulate/models/startUp'
import { burstTraffic, constantTraffic, dailyTraffic, replayedTraffic, type Traffic } from '../simulate/models/traffic'
import type { WorldDeed } from '../simulate/worldEvent'
import { type NamedFiles, objectsOf, readDeed } from './deeds'
import type { ScenarioLoad, ScenarioParts } from './parts'
import { readCondition } from './sentences'

/** Makes the models of one run; `isSo` judges a condition by the last state that was seen. */
export type MakeModels = (isSo: (holds: NamedCondition) => boolean) => readonly Model[]

/** The models that a Simulation names. What is wrong goes to the issues. */
export function readModels(spec: ScenarioParts, files: NamedFiles, issues: Issue[]): MakeModels {
  const { seed, startUps = [], crashLoops = [], leaks = [], quotas = [] } = spec
  const seeded = <T extends { readonly seed?: number }>(rule: T): T => (seed === undefined ? rule : { seed, ...rule })
  const ofPods = [
    ...startUps.map((rule) => startUp(seeded(rule))),
    ...crashLoops.map((rule) => crashLoop(seeded(rule))),
    ...leaks.map(slowLeak),
    ...quotas.map(quota),
    ...(spec.nodes ? [nodes(spec.nodes)] : []),
    ...(spec.endpoints ? [endpoints(spec.endpoints)] : []),
  ]
  const ofLoad = readLoaded(spec, issues)
  const persons = (spec.onCall ?? []).map((person, index) => readPerson(person, index, files, issues))
  const others = [...readSchedule(spec, files, issues), ...readSync(spec, files, issues)]
  return (isSo) =>
    [
      ...ofPods,
      ...ofLoad,
      ...persons.flatMap((person) => (person ? [person(isSo)] : [])),
      ...others,
    ] as readonly Model[]
}

function readLoaded(spec: ScenarioParts, issues: Issue[]) {
  const { load, served, autoscaler: rules } = spec
  if (load === undefined) {
    for (const field of ['served', 'autoscaler'] as const)
      if (spec[field] !== undefined)
        issues.push({ code: 'missing', path: `spec.${field}`, message: 'it looks at the load: add spec.load' })
    return []
  }
  const traffic = readLoad(load, issues)
  return [
    ...(served ? [servedRequests({ ...served, traffic })] : []),
    ...(rules ? [autoscaler({ ...rules, traffic })] : []),
  ]
}

const ways = ['requestsPerSecond', 'daily', 'points', 'csv'] as const

function readLoad(load: ScenarioLoad, issues: Issue[]): Traffic {
  const said = ways.filter((way) => load[way] !== undefined)
  if (said.length !== 1) {
    const message = `expected exactly one of ${ways.join(', ')}, got ${said.join(' and ') || 'none'}`
    issues.push({ code: 'wrong-value', path: 'spec.load', message })
  }
  if (load.csv !== undefined) {
    const message = `${load.csv} was not read: give its rows as points`
    issues.push({ code: 'no-file', path: 'spec.load.csv', message })
  }
  const usual = load.daily
    ? dailyTraffic(load.daily)
    : load.points
      ? replayedTraffic(load.points)
      : constantTraffic(load.requestsPerSecond ?? 0)
  return (load.bursts ?? []).reduce(burstTraffic, usual)
}

type Persons = NonNullable<ScenarioParts['onCall']>

function readPerson(given: Persons[number], index: number, files: NamedFiles, issues: Issue[]) {
  const path = `spec.onCall[${index}]`
  const { when, afterSeconds, ...plain } = given
  const deed = readDeed(plain, path, files, issues) as WorldDeed | undefined
  const read = readCondition(when, `${path}.when`)
  if ('issue' in read) issues.push(read.issue)
  if (!deed || 'issue' in read) return undefined
  return (isSo: (holds: NamedCondition) => boolean) =>
    onCall({ calledWhen: () => isSo(read.holds), afterSeconds, deed })
}

function readSchedule({ schedule: given }: ScenarioParts, files: NamedFiles, issues: Issue[]) {
  if (!given) return []
  const read = given.deeds.map((deed, index) => readDeed(deed, `spec.schedule.deeds[${index}]`, files, issues))
  return [schedule({ ...given, deeds: read.filter((deed) => deed !== undefined) as readonly WorldDeed[] })]
}

function readSync({ sync }: ScenarioParts, files: NamedFiles, issues: Issue[]) {
  if (!sync) return []
  return [gitOpsSync({ ...sync, manifests: objectsOf(sync.manifests, files, 'spec.sync.manifests', issues) })]
}
