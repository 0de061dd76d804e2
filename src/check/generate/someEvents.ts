import * as fc from 'fast-check'
import type { ControllerVersion } from '../../model/controllerVersion'
import { givenObject } from '../../model/given'
import { podTemplateHashLabel } from '../../model/labelKeys'
import type { KubeObject } from '../../model/meta'
import type { Rollout } from '../../model/rollout'
import { stepsOf } from '../../rollout/facts/steps'
import type { SimulatedCommand, WorldDeed } from '../../simulate/worldEvent'
import { installedRollout, retagged, type StrategyFacts } from '../facts'
import { mergePatchTo } from './mergePatchTo'

/**
 * `good`: pods become ready. `broken`: never. `crashing`: they stop being ready a while later. `half`: only some do.
 * `stable`: the first version again.
 */
export const updateKinds = ['good', 'broken', 'crashing', 'half', 'stable'] as const

export type UpdateKind = (typeof updateKinds)[number]

/** An abort is the command that hurts most, and comes most often. */
export const commandNames: readonly SimulatedCommand[] = [
  'promote',
  'promote --full',
  'promote --full',
  'abort',
  'abort',
  'abort',
  'retry',
  'retry',
  'undo',
  'pause',
  'resume',
  'restart',
]

/** What else may happen, where made-up Rollouts are tried. */
export interface WideScenarios {
  /** The Rollout after an edit: another strategy too. */
  readonly edits: fc.Arbitrary<KubeObject>
  /** Controllers that may take over. */
  readonly controllers: readonly ControllerVersion[]
}

/** Early times are likelier, and so are the seconds around the ends of pauses, and after the end of the update. */
export function momentsOf({ moments, updateSeconds }: StrategyFacts): fc.Arbitrary<number> {
  const edges = moments.flatMap((moment) => [moment + 10, moment + 11, moment + 12, moment + 15])
  const end = Math.min(updateSeconds + 10, 7200)
  return fc.oneof(
    { arbitrary: fc.integer({ min: 10, max: 60 }), weight: 3 },
    { arbitrary: fc.integer({ min: 10, max: end + 110 }), weight: 2 },
    { arbitrary: fc.constantFrom(...edges), weight: 2 },
    { arbitrary: fc.integer({ min: end, max: end + 90 }), weight: 1 },
  )
}

/** An image whose name says what its pods do; the number keeps updates apart. */
export const imageOf = ({ image }: StrategyFacts, kind: UpdateKind, number: number): string =>
  kind === 'stable' ? image : retagged(image, `${kind}-${number}`)

/** Images of updates of this kind. */
export const isOfKind = ({ image }: StrategyFacts, kind: UpdateKind, name: string): boolean =>
  name.startsWith(retagged(image, `${kind}-`))

type Deeds = fc.Arbitrary<WorldDeed>

const upTo = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max })
const from1To = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max })

/** A clock that is corrected. Far back, every timer would rightly take as much longer. */
const clockSteps = fc.oneof(fc.integer({ min: -60, max: 60 }), fc.constantFrom(-1, 1, 600, 3600))

/** Another program scales a ReplicaSet, or applies a Service as its manifest has it. */
function otherWrites({ replicas, services }: StrategyFacts): Deeds {
  const scaled = fc.record({
    kind: fc.constant('ReplicaSet'),
    role: fc.constantFrom('canary' as const, 'stable' as const),
    patch: fc.oneof(fc.constant(0), from1To(replicas + 1)).map((wanted) => ({ spec: { replicas: wanted } })),
  })
  const applied = (name: string) => ({
    kind: 'Service',
    name,
    patch: { spec: { selector: { [podTemplateHashLabel]: null } } },
  })
  const written = services.length === 0 ? scaled : fc.oneof(scaled, fc.constantFrom(...services).map(applied))
  return written.map((otherWrite) => ({ otherWrite }))
}

/** Everything that a user, a fault or another program does at a moment, by name. */
export function deedsOf(facts: StrategyFacts, wide: WideScenarios | undefined) {
  const { replicas, stepCount } = facts
  return {
    updates: fc
      .tuple(fc.constantFrom(...updateKinds), from1To(9))
      .map(([kind, number]) => ({ image: imageOf(facts, kind, number) })),
    commands: fc.constantFrom(...commandNames).map((command) => ({ command })),
    lostPods: fc
      .record({ role: fc.constantFrom('canary' as const, 'stable' as const), count: from1To(Math.max(1, replicas)) })
      .map((losePods) => ({ losePods })),
    scaling: fc.oneof(upTo(replicas * 2), fc.constantFrom(0, 1, replicas + 1)).map((wanted) => ({ replicas: wanted })),
    crashes: upTo(4).map((crashAfterChanges) => ({ crashAfterChanges })),
    stale: from1To(120).map((staleSeconds) => ({ staleSeconds })),
    lostEvents: from1To(120).map((lostEventSeconds) => ({ lostEventSeconds })),
    repeats: from1To(120).map((repeatSeconds) => ({ repeatSeconds })),
    clockSteps: clockSteps.map((clockStepSeconds) => ({ clockStepSeconds })),
    otherWriters: otherWrites(facts),
    autoscaler: fc.integer({ min: 30, max: 600 }).map((autoscaleSeconds) => ({ autoscaleSeconds })),
    ...(stepCount > 0 && { edits: upTo(stepCount).map((kept) => shortened(facts, kept)) }),
    ...(wide && {
      anyEdit: wide.edits.map((edited) => ({ specPatch: patchTo(facts, edited) })),
      upgrade: fc.constantFrom(...wide.controllers).map((upgradeTo) => ({ upgradeTo })),
    }),
  } satisfies Readonly<Record<string, Deeds>>
}

export type DeedName = keyof ReturnType<typeof deedsOf>

/** The plan loses its last steps while it runs. */
function shortened(facts: StrategyFacts, keptSteps: number): WorldDeed {
  const rollout = installedRollout(facts) as unknown as Rollout
  return { specPatch: { strategy: { canary: { steps: stepsOf(rollout).slice(0, keptSteps) } } } }
}

/** The patch that makes the edit. An event gives a pod template whole. */
function patchTo(facts: StrategyFacts, edited: KubeObject): Readonly<Record<string, unknown>> {
  const after = givenObject(edited.spec)
  const patch = mergePatchTo(givenObject(installedRollout(facts)?.spec), after)
  return patch.template === undefined ? patch : { ...patch, template: after.template }
}
