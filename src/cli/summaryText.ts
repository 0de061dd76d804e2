import type { SimulationAnswers } from '../simulate/answers/answers'
import type { RoomAnswer } from '../simulate/answers/room'
import type { UpdateAnswer } from '../simulate/answers/updates'
import { clockText } from '../view/clockText'

/** What people ask of a simulation, a line each. */
export function summaryText(answers: SimulationAnswers): string {
  const { pauses, secondsByPhase, updates, peakPods, quota, nodes, lowestAvailability: lowest } = answers
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
    ...(quota ? [`quota         ${roomText(quota)}`] : []),
    ...(nodes ? [`nodes         room for ${roomText(nodes)}`] : []),
    lowest
      ? `availability  at least ${lowest.available} of ${lowest.replicas}, at ${clockText(lowest.atSeconds)}`
      : 'availability  never all of them',
  ].join('\n')
}

function roomText({ pods, missing, missingAtSeconds = 0, missingSeconds }: RoomAnswer): string {
  if (missing === 0) return `${pods} pods: always enough`
  return `${pods} pods: ${missing} too few at ${clockText(missingAtSeconds)}; ${clockText(missingSeconds)} with too few in all`
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
