import type { Invariant } from '../invariant'
import type { StrategyState } from '../state'
import { isDecision, watching } from './steps'

export const isPastDeadline = ({ rollout }: StrategyState): boolean =>
  rollout?.status?.conditions?.some(
    ({ type, status, reason }) => type === 'Progressing' && status === 'False' && reason === 'ProgressDeadlineExceeded',
  ) === true

export const clockDiscipline: Invariant = {
  id: 'T1',
  sentence: 'the progress deadline does not run out while the Rollout is paused',
  threads: ['AR#3534', 'AR#3843', 'AR#3414', 'AR#939'],
  start: watching((step) => {
    const { before, now } = step
    if (!isDecision(step) || !before?.paused || !now.paused) return undefined
    return isPastDeadline(now) && !isPastDeadline(before) ? `${now.phase}: ${now.message}` : undefined
  }),
}
