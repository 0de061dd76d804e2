import type { Draft } from './draft'
import type { Flow } from './flow'
import type { Turn } from './turn'

export type DraftPart = keyof Draft

/** A stage of a reconcile. `needs` and `gives` are parts of the draft; spec/rollout/stages.spec.ts proves them. */
export interface Stage {
  readonly name: string
  /** Results of earlier stages that it uses. */
  readonly needs?: readonly DraftPart[]
  /** Results for later stages. */
  readonly gives?: readonly DraftPart[]
  readonly run: (turn: Turn) => Flow
}

/** Runs the stages in order; the first that does not return `continue` ends the reconcile. */
export function runStages(turn: Turn, stages: readonly Stage[]): Flow {
  for (const { run } of stages) {
    const flow = run(turn)
    if (flow !== 'continue') return flow
  }
  return 'continue'
}

/** A stage that never ends the reconcile. */
export const always =
  (stage: (turn: Turn) => unknown): Stage['run'] =>
  (turn) => {
    stage(turn)
    return 'continue'
  }
