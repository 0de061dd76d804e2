import { rolloutRule } from '../rule'

export const noRollbackHistory = rolloutRule(
  {
    id: 'no-rollback-history',
    severity: 'note',
    summary: 'revisionHistoryLimit: 0, which leaves nothing to roll back to',
    why: 'With `revisionHistoryLimit: 0` old ReplicaSets are deleted, and `undo` has nothing to go back to.',
    thread: 'https://argo-rollouts.readthedocs.io/en/stable/features/rollback/',
  },
  function* (rollout) {
    if (rollout.spec.revisionHistoryLimit !== 0) return
    yield {
      path: ['spec', 'revisionHistoryLimit'],
      message: 'no old ReplicaSet is kept: undo has nothing to go back to',
    }
  },
)
