import { sameJson } from '../model/sameJson'
import type { Frame } from './frame'
import { isSameRoom } from './models/askModels'
import { inRecordedNames, type RecordedFrame } from './recordedFrame'

/**
 * Nothing that starts a new frame differs: what recordings of the controller have a frame for. Other fields start none,
 * because their causes show in these.
 */
export function sameFrame(left: Frame, right: Frame): boolean {
  const [before, after] = [recordedOf(left), recordedOf(right)]
  return isSameRoom(left.room, right.room) && compared.every((field) => sameJson(before[field], after[field]))
}

/** A frame is compared with the one before it and with the next. */
const recorded = new WeakMap<Frame, RecordedFrame>()

function recordedOf(frame: Frame): RecordedFrame {
  const known = recorded.get(frame)
  if (known) return known
  const made = inRecordedNames(frame)
  recorded.set(frame, made)
  return made
}

const compared = [
  'phase',
  'message',
  'stepIndex',
  'weight',
  'effectiveWeight',
  'active',
  'abort',
  'workload',
  'pods',
  'runs',
  'experiments',
] as const satisfies readonly (keyof RecordedFrame)[]
