import type { Expectation, ScenarioEvent, Simulation, SimulationSpec } from './document'
import type { ManifestSource } from './parts'

/** What is done: an event without its time. */
export type ScenarioDeedOf = ScenarioEvent extends infer Event
  ? Event extends unknown
    ? Omit<Event, TimeField>
    : never
  : never
type TimeField = 'atSeconds' | 'when' | 'afterSeconds' | 'whenPaused' | 'whenHealthy'

/** Everything of a Simulation that has no method of its own. */
export type ScenarioWorld = Omit<SimulationSpec, 'manifests' | 'events' | 'expectations'>

/** A builder of Simulations. Each method returns a new one, so that stories can begin alike. */
export interface ScenarioBuilder {
  /** The Simulation so far: plain data, as in a file. */
  readonly simulation: Simulation
  /**
   * Pods, router, series, load, autoscaler, controller and so on; what was said before stays where nothing else is
   * said.
   */
  readonly in: (world: ScenarioWorld) => ScenarioBuilder
  /** Something happens at a time. */
  readonly at: (seconds: number, deed: ScenarioDeedOf) => ScenarioBuilder
  /** Something happens so many seconds (default 1) after a condition holds. */
  readonly when: (condition: string, deed: ScenarioDeedOf, afterSeconds?: number) => ScenarioBuilder
  readonly never: (condition: string) => ScenarioBuilder
  readonly always: (condition: string) => ScenarioBuilder
  readonly eventually: (condition: string) => ScenarioBuilder
  /** `weight(canary) == 0 within 60s after aborted`, `phase == Healthy at 5m`. */
  readonly expect: (sentence: string) => ScenarioBuilder
  readonly finally: (condition: string) => ScenarioBuilder
  /** One of `knownInvariants`, by its id. */
  readonly invariant: (id: string) => ScenarioBuilder
}

/**
 * Begins a Simulation: the same as a file, with types.
 *
 * @example
 * import { scenario } from 'rollout-engine/scenario'
 * const aborted = scenario('an abort', ['rollout.yaml']).in({ pods: { readyAfterSeconds: 15 } }).at(10, { image: 'web:2' })
 * aborted.when('phase == Paused', { command: 'abort' }, 30).never('available < 0.9 * replicas').simulation.spec.events?.length // => 2
 * aborted.simulation.spec.events?.length // => 1
 */
export const scenario = (name: string, manifests: readonly ManifestSource[]): ScenarioBuilder =>
  builderOf({
    apiVersion: 'rollout-engine/v1',
    kind: 'Simulation',
    metadata: { name },
    spec: { manifests },
  })

function builderOf(simulation: Simulation): ScenarioBuilder {
  const { spec } = simulation
  const withSpec = (more: Partial<SimulationSpec>): ScenarioBuilder =>
    builderOf({ ...simulation, spec: { ...spec, ...more } })
  const withEvent = (event: unknown): ScenarioBuilder =>
    withSpec({ events: [...(spec.events ?? []), event as ScenarioEvent] })
  const expected =
    (field: Exclude<keyof Expectation, 'name'>) =>
    (text: string): ScenarioBuilder =>
      withSpec({ expectations: [...(spec.expectations ?? []), { [field]: text }] })
  return {
    simulation,
    in: (world) => withSpec(world),
    at: (atSeconds, deed) => withEvent({ atSeconds, ...deed }),
    when: (when, deed, afterSeconds) =>
      withEvent({ when, ...deed, ...(afterSeconds !== undefined && { afterSeconds }) }),
    never: expected('never'),
    always: expected('always'),
    eventually: expected('eventually'),
    expect: expected('expect'),
    finally: expected('finally'),
    invariant: expected('invariant'),
  }
}
