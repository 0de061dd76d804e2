import { sameJson } from '../model/sameJson'
import type { Frame } from './frame'
import { inRecordedNames, type RecordedFrame } from './recordedFrame'

/**
 * Nothing that starts a new frame differs: what recordings of the controller have a frame for. Other fields start none,
 * because their causes show in these.
 */
export function sameFrame(left: Frame, right: Frame): boolean {
  const [before, after] = [inRecordedNames(left), inRecordedNames(right)]
  return compared.every((field) => sameJson(before[field], after[field]))
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
