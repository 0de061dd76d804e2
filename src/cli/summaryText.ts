import type { SimulationAnswers } from '../simulate/answers/answers'
import type { UpdateAnswer } from '../simulate/answers/updates'
import { clockText } from '../view/clockText'

/** What people ask of a simulation, a line each. */
export function summaryText(answers: SimulationAnswers): string {
  const { pauses, secondsByPhase, updates, peakPods, lowestAvailability: lowest } = answers
  const phases = Object.entries(secondsByPhase).map(([phase, seconds]) => `${phase || 'none'} ${clockText(seconds)}`)
  return [
    '',
    'SUMMARY',
    `phases        ${phases.join(', ')}`,
    ...updates.map((update) => `update        ${updateText(update)}`),
    ...pauses.map(({ fromSeconds, untilSeconds, isOpen, waitsFor }) => {
      const ends = waitsFor === null ? 'until its time is over' : `for somebody to ${waitsFor}`
      const lasts = `${clockText(untilSeconds - fromSeconds)}${isOpen ? ' and goes on' : ''}`
      return `pause         from ${clockText(fromSeconds)}, ${ends}: ${lasts}`
    }),
    `most pods     ${peakPods.pods} at ${clockText(peakPods.atSeconds)}`,
    lowest
      ? `availability  at least ${lowest.available} of ${lowest.replicas}, at ${clockText(lowest.atSeconds)}`
      : 'availability  never all of them',
  ].join('\n')
}

function updateText({ revision, fromSeconds, untilSeconds, end, ...more }: UpdateAnswer): string {
  const { exposureSeconds, exposureBeforeDetectionSeconds, detectedAtSeconds, rolledBackAtSeconds } = more
  const ended = end === 'open' ? 'is not over' : `${end} at ${clockText(untilSeconds)}`
  const seen =
    detectedAtSeconds === undefined
      ? ''
      : `; seen to be bad at ${clockText(detectedAtSeconds)}, after ${shown(exposureBeforeDetectionSeconds)} of exposure` +
        (rolledBackAtSeconds === undefined ? '' : `, no requests from ${clockText(rolledBackAtSeconds)}`)
  return `revision ${revision} from ${clockText(fromSeconds)}, ${ended}, exposure ${shown(exposureSeconds)}${seen}`
}

/** Of all requests: so many seconds. */
const shown = (seconds = 0): string => `${Math.round(seconds * 10) / 10}s of all requests`
