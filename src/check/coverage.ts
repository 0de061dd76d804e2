import type { Run, Scenario } from './scenario'
import type { StrategyState } from './state'

/** How often something was reached, over all runs: a sentence about aborts proves nothing if no run aborted. */
export interface Coverage {
  readonly phases: Readonly<Record<string, number>>
  /** Runs that reached a step, by its index from 0. */
  readonly steps: Readonly<Record<string, number>>
  readonly commands: Readonly<Record<string, number>>
  readonly faults: Readonly<Record<string, number>>
  readonly verdicts: Readonly<Record<string, number>>
  readonly aborted: number
  /** Steps, commands and faults of the plan that no run reached. */
  readonly unreached: readonly string[]
}

export const noCoverage: Coverage = {
  phases: {},
  steps: {},
  commands: {},
  faults: {},
  verdicts: {},
  aborted: 0,
  unreached: [],
}

export interface CoverageNotes {
  readonly note: (scenario: Scenario, run: Run) => void
  readonly coverage: () => Coverage
}

/** Counts what runs reach. */
export function coverageNotes(): CoverageNotes {
  let coverage = noCoverage
  return {
    note: (scenario, run) => {
      coverage = counted(coverage, scenario, run)
    },
    coverage: () => coverage,
  }
}

function counted(coverage: Coverage, scenario: Scenario, { states }: Run): Coverage {
  const all = (textsOf: (state: StrategyState) => readonly string[]): ReadonlySet<string> =>
    new Set(states.flatMap(textsOf))
  return {
    phases: added(
      coverage.phases,
      all(({ phase }) => (phase ? [phase] : [])),
    ),
    steps: added(
      coverage.steps,
      all(({ stepIndex }) => (stepIndex === null ? [] : [String(stepIndex)])),
    ),
    commands: added(
      coverage.commands,
      all(({ event }) => (event?.command ? [event.command] : [])),
    ),
    faults: added(coverage.faults, faultsOf(scenario)),
    verdicts: added(
      coverage.verdicts,
      all(({ runs }) => runs.map(({ phase }) => phase).filter(Boolean)),
    ),
    aborted: coverage.aborted + (states.some(({ aborted }) => aborted) ? 1 : 0),
    unreached: [],
  }
}

/** The counts of two reports together. */
export function joinedCoverage(one: Coverage, other: Coverage): Coverage {
  const sum = (left: Counts, right: Counts): Counts => {
    const both: Record<string, number> = { ...left }
    for (const [name, count] of Object.entries(right)) both[name] = (both[name] ?? 0) + count
    return both
  }
  return {
    phases: sum(one.phases, other.phases),
    steps: sum(one.steps, other.steps),
    commands: sum(one.commands, other.commands),
    faults: sum(one.faults, other.faults),
    verdicts: sum(one.verdicts, other.verdicts),
    aborted: one.aborted + other.aborted,
    unreached: one.unreached.filter((name) => other.unreached.includes(name)),
  }
}

type Counts = Readonly<Record<string, number>>

function added(counts: Readonly<Record<string, number>>, texts: ReadonlySet<string>): Readonly<Record<string, number>> {
  if (texts.size === 0) return counts
  const next: Record<string, number> = { ...counts }
  for (const text of texts) next[text] = (next[text] ?? 0) + 1
  return next
}

function faultsOf({ firstInstall, events, pods, router }: Scenario): ReadonlySet<string> {
  const has: Readonly<Record<string, boolean>> = {
    'first install': firstInstall,
    'pods lost': events.some(({ losePods }) => losePods),
    'controller dies': events.some(({ crashAfterChanges }) => crashAfterChanges !== undefined),
    'pods seen late': events.some(({ staleSeconds }) => staleSeconds !== undefined),
    'events lost': events.some(({ lostEventSeconds }) => lostEventSeconds !== undefined),
    'events repeated': events.some(({ repeatSeconds }) => repeatSeconds !== undefined),
    'clock jumps': events.some(({ clockStepSeconds }) => clockStepSeconds !== undefined),
    'another writer': events.some(({ otherWrite }) => otherWrite),
    'controller upgraded': events.some(({ upgradeTo }) => upgradeTo !== undefined),
    autoscaler: events.some(({ autoscaleSeconds }) => autoscaleSeconds !== undefined),
    'plan edited': events.some(({ specPatch }) => specPatch),
    // Every run has one scale event, which restores the world.
    scaled: events.filter(({ replicas }) => replicas !== undefined).length > 1,
    'pods start slowly': (pods.readyAfterSeconds ?? 0) > 0,
    'pods never ready': (pods.neverReadyImages ?? []).length > 0,
    'pods fail later': Object.keys(pods.failAfterSeconds ?? {}).length > 0,
    'half of the pods ready': Object.keys(pods.mostReady ?? {}).length > 0,
    'pods refused': (pods.refusedImages ?? []).length > 0,
    'router lags': (router.lagSeconds ?? 0) > 0,
    'router lies': router.lies === true,
    'router refuses': router.refuses !== undefined,
  }
  return new Set(Object.keys(has).filter((fault) => has[fault]))
}
