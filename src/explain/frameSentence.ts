import type { Rollout } from '../model/rollout'
import { stepsOf } from '../rollout/facts/steps'
import type { Frame } from '../simulate/frame'
import { waitsForPerson } from '../simulate/waiting'
import { spanText } from './spanText'

/** The frames that the sentence describes. */
export interface Told {
  readonly before: Rollout
  /** Undefined if it is gone in the end. */
  readonly after: Rollout | undefined
  readonly untilSeconds: number
}

interface Moment {
  readonly atSeconds: number
  readonly text: string
}

/** Beyond this number of moments the middle is left out, to keep the sentence readable. */
const mostMoments = 4

/** `at once step 3 of 4 with weight 60%; after 30s Healthy`. */
export function frameSentence(frames: readonly Frame[], told: Told): string {
  const moments = momentsOf(frames, told.before)
  const [first] = moments
  const end = endOf(frames, told)
  if (!first) return end === '' ? `nothing changes within ${spanText(told.untilSeconds)}` : `nothing changes: ${end}`
  const shown =
    moments.length <= mostMoments
      ? moments
      : [...moments.slice(0, mostMoments - 2), { atSeconds: -1, text: '...' }, ...moments.slice(-1)]
  return [...shown.map(momentText), end].filter((part) => part !== '').join('; ')
}

const momentText = ({ atSeconds, text }: Moment): string => {
  if (atSeconds < 0) return text
  return atSeconds === 0 ? `at once ${text}` : `after ${spanText(atSeconds)} ${text}`
}

function momentsOf(frames: readonly Frame[], rollout: Rollout): readonly Moment[] {
  const steps = stepsOf(rollout).length
  let before = stateOf(rollout)
  const moments: Moment[] = []
  for (const frame of frames) {
    const text = changesOf(before, frame, steps)
    if (text !== '') moments.push({ atSeconds: frame.atSeconds, text })
    before = frame
  }
  return moments
}

type State = Pick<Frame, 'phase' | 'message' | 'stepIndex' | 'weight' | 'abort' | 'stable'>

function stateOf({ status = {} }: Rollout): State {
  return {
    phase: status.phase ?? '',
    message: status.message ?? '',
    stepIndex: status.currentStepIndex ?? null,
    weight: status.canary?.weights?.canary?.weight ?? null,
    abort: status.abort === true,
    stable: status.stableRS ?? null,
  }
}

function changesOf(before: State, frame: Frame, steps: number): string {
  const index = frame.stepIndex
  const step = index !== null && index >= steps ? 'all steps done' : `step ${(index ?? 0) + 1} of ${steps}`
  const parts = [
    ...(index !== before.stepIndex && index !== null && steps > 0 ? [step] : []),
    ...(frame.weight !== before.weight && frame.weight !== null ? [`weight ${frame.weight}%`] : []),
    ...(frame.phase !== before.phase ? [phaseText(frame)] : []),
    ...(frame.stable !== before.stable && before.stable !== null ? ['the new revision is stable'] : []),
  ]
  return parts.join(', ')
}

const phaseText = ({ phase, message }: Frame): string =>
  message === '' || phase === 'Progressing' ? phase || 'no phase yet' : `${phase} (${message})`

/** What it waits for at the end. */
function endOf(frames: readonly Frame[], { after, untilSeconds }: Told): string {
  const last = frames.at(-1)
  if (!last || !after) return 'the Rollout is gone'
  const person = waitsForPerson(after)
  if (person) return `then it waits for a person (${person})`
  if (last.phase === 'Progressing') return `still Progressing after ${spanText(untilSeconds)}: ${last.message}`
  return ''
}
