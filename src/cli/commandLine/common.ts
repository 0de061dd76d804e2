import { parseDurationSeconds } from '../../go/durationSeconds'
import { nearest } from '../../input/nearest'
import {
  type ControllerVersion,
  controllerVersions,
  newestRelease,
  readControllerVersion,
} from '../../model/controllerVersion'
import { listed, type Operands, type Option, text } from './command'

// Options that several commands have.

/**
 * Seconds of `90s`, `5m`, `2d` or `90`; undefined for anything else or less than 0. Days and weeks are in front
 * (`1w2d12h`): people write them, though durations in manifests cannot have them.
 */
export function secondsOf(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
  const [, weeks, days, rest = ''] = /^(?:(\d+)w)?(?:(\d+)d)?(.*)$/.exec(text) ?? []
  const hasDays = weeks !== undefined || days !== undefined
  const seconds = hasDays && rest === '' ? 0 : parseDurationSeconds(rest)
  if (seconds === undefined || seconds < 0) return undefined
  return Number(weeks ?? 0) * 604_800 + Number(days ?? 0) * 86_400 + seconds
}

/** `: did you mean promote?`, or nothing. */
export function hintFor(word: string, known: readonly string[]): string {
  const meant = nearest(word, known)
  return meant === undefined ? '' : `: did you mean ${meant}?`
}

/** `--rollout NAME`. */
export const rolloutOption = <Given>(set: (given: Given, name: string) => void): Option<Given> =>
  text('rollout', 'NAME', 'Which Rollout, if the files hold several.', set)

/** `--seed N` of a Simulation. */
export const seedOption = <Given>(set: (given: Given, seed: number) => void): Option<Given> => ({
  name: 'seed',
  value: 'N',
  help: 'Of a Simulation with spec.vary: the run of sweep with this seed (default: as it is written). Else the seed of what is drawn for pods.',
  set: (given, value) => {
    if (!/^\d{1,10}$/.test(value)) return `--seed is a number from 0 on, not "${value}"`
    set(given, Number(value))
    return undefined
  },
})

/** `--controller VERSION`, or another name for the same. */
export const controllerOption = <Given>(
  set: (given: Given, version: ControllerVersion) => void,
  name = 'controller',
  help = `The controller that the cluster runs: ${listed(controllerVersions)} (default ${newestRelease}).`,
): Option<Given> => ({
  name,
  value: 'VERSION',
  help,
  completion: controllerVersions,
  set: (given, value) => {
    const version = readControllerVersion(value)
    if (!version) return `--${name} is one of ${controllerVersions.join(', ')}, not "${value}"`
    set(given, version)
    return undefined
  },
})

/** Files and folders with manifests. */
export const fileOperands = <Given extends { files: readonly string[] }>(): Operands<Given> => ({
  shown: 'FILE...',
  completion: 'files',
  set: (given, file) => {
    given.files = [...given.files, file]
    return undefined
  },
})
