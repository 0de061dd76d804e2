import type { Turn } from '../turn/turn'

/** Texts of the Progressing condition. */
export const progressTexts = {
  done: (turn: Turn): string => `ReplicaSet "${turn.facts.newName ?? ''}" has successfully progressed.`,
  going: (turn: Turn): string =>
    turn.facts.newName
      ? `ReplicaSet "${turn.facts.newName}" is progressing.`
      : `Rollout "${turn.facts.name}" is progressing.`,
  late: (turn: Turn): string =>
    turn.facts.newName
      ? `ReplicaSet "${turn.facts.newName}" has timed out progressing.`
      : `Rollout "${turn.facts.name}" has timed out progressing.`,
}
