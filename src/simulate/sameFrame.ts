import { sameJson } from '../model/sameJson'
import type { Frame } from './frame'
import { isSameRoom } from './models/askModels'
import { inRecordedNames, type RecordedFrame } from './recordedFrame'

/**
 * Nothing that starts a new frame differs: what recordings of the controller have a frame for. Other fields start none,
 * because their causes show in these.
 */
export function sameFrame(left: Frame, right: Frame): boolean {
  if (!isSameRoom(left.room, right.room)) return false
  if (plainFields.some((field) => !sameJson(left[field], right[field]))) return false
  if (looksTheSame(left, right)) return true
  const [before, after] = [recordedOf(left), recordedOf(right)]
  return compared.every((field) => sameJson(before[field], after[field]))
}

const plainFields = ['phase', 'message', 'stepIndex', 'weight', 'effectiveWeight', 'abort', 'workload'] as const

/** Most frames are the same without being put in recorded names. */
const looksTheSame = (left: Frame, right: Frame): boolean =>
  left.active === right.active &&
  left.pods.length === right.pods.length &&
  left.pods.every((pods, at) => {
    const others = right.pods[at]
    return pods.revision === others?.revision && pods.wanted === others.wanted && pods.available === others.available
  }) &&
  sameJson(left.runs, right.runs) &&
  sameJson(left.experiments, right.experiments)

/** A frame is compared with the one before it and with the next. */
const recorded = new WeakMap<Frame, RecordedFrame>()

function recordedOf(frame: Frame): RecordedFrame {
  const known = recorded.get(frame)
  if (known) return known
  const made = inRecordedNames(frame)
  recorded.set(frame, made)
  return made
}

const compared = ['active', 'pods', 'runs', 'experiments'] as const satisfies readonly (keyof RecordedFrame)[]
