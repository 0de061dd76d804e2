import type { AnalysisRunArgument, Argument } from '../model/analysis'
import type { Rollout } from '../model/rollout'
import { metadataField } from './metadataField'
import { type FieldReading, rolloutField } from './rolloutField'

export interface PodTemplateHashes {
  readonly stable: string
  readonly latest: string
}

/** Both may be set: a Rollout is validated with the arguments, and analysed only without an error. */
export interface BuiltArguments {
  readonly args?: readonly Argument[]
  readonly error?: string
}

/**
 * The arguments of a run, made of the Rollout's: a plain value, a pod template hash, or a field of the Rollout
 * (behaviour 4.2, 11.3). A missing field reads as '', and its error stays until a later field is found; a bad
 * `metadata` path ends it at once, without arguments.
 */
export function buildArguments(
  given: readonly AnalysisRunArgument[],
  rollout: Rollout,
  hashes: PodTemplateHashes,
): BuiltArguments {
  const args: Argument[] = []
  let error: string | undefined
  for (const arg of given) {
    const path = arg.valueFrom?.podTemplateHashValue == null ? arg.valueFrom?.fieldRef?.fieldPath : undefined
    const reading = path === undefined ? undefined : readField(rollout, path)
    if (reading) error = 'error' in reading ? reading.error : undefined
    if (error !== undefined && reading && path?.startsWith('metadata')) return { error }
    const value = reading ? ('value' in reading ? reading.value : '') : plainValue(arg, hashes)
    args.push({ name: arg.name, value })
  }
  return error === undefined ? { args } : { args, error }
}

const readField = (rollout: Rollout, path: string): FieldReading =>
  path.startsWith('metadata') ? metadataField(rollout.metadata, path) : rolloutField(rollout, path)

function plainValue(arg: AnalysisRunArgument, hashes: PodTemplateHashes): string {
  switch (arg.valueFrom?.podTemplateHashValue) {
    case 'Latest':
      return hashes.latest
    case 'Stable':
      return hashes.stable
    default:
      return arg.value ?? ''
  }
}
