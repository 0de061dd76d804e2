import { ownValue } from '../model/json'

// What `kubectl argo rollouts get` draws beside a phase.

const waiting = '◷'
const progressing = '◌'
const warning = '⚠'
const unknown = '?'
const good = '✔'
const bad = '✖'
const paused = '॥'
const neutral = '•'

/** The text for a phase without an icon. */
const blank = ' '

type Icons = Readonly<Record<string, string>>

const rolloutIcons: Icons = {
  Progressing: progressing,
  Error: warning,
  InvalidSpec: warning,
  Paused: paused,
  Healthy: good,
  Degraded: bad,
  Unknown: unknown,
  ScaledDown: neutral,
}

const replicaSetIcons: Icons = {
  Progressing: progressing,
  Healthy: good,
  ReplicaFailure: bad,
  ScaledDown: neutral,
}

const analysisIcons: Icons = {
  Successful: good,
  Inconclusive: unknown,
  Failed: bad,
  Error: warning,
  Running: progressing,
  Pending: waiting,
}

const podIcons: Icons = {
  Pending: progressing,
  Terminating: progressing,
  ContainerCreating: progressing,
  Running: good,
  Completed: good,
  Failed: bad,
  InvalidImageName: bad,
  CrashLoopBackOff: bad,
  ImagePullBackOff: warning,
  RegistryUnavailable: warning,
  Unknown: unknown,
}

const iconIn =
  (icons: Icons) =>
  (phase: string): string =>
    ownValue(icons, phase) ?? blank

export const rolloutIcon = iconIn(rolloutIcons)
export const replicaSetIcon = iconIn(replicaSetIcons)
/** Of an AnalysisRun, a measurement or an Experiment. */
export const analysisIcon = iconIn(analysisIcons)

export function podIcon(reason: string): string {
  if (reason.startsWith('Init:')) return progressing
  if (reason.startsWith('Signal:') || reason.startsWith('ExitCode:')) return bad
  if (reason.endsWith('Error') || reason.startsWith('Err')) return warning
  return iconIn(podIcons)(reason)
}

/** Icons of the four verdicts that are counted behind an AnalysisRun, in the order in which they are printed. */
export const verdictIcons = { successful: good, failed: bad, inconclusive: unknown, error: warning } as const

export const kindIcons = {
  rollout: '⟳',
  revision: '#',
  replicaSet: '⧉',
  pod: '□',
  job: '⊞',
  experiment: 'Σ',
  analysisRun: 'α',
} as const

const [red, green, yellow, brightBlue, plain] = [31, 32, 33, 94, 0]

const colours: Readonly<Record<string, number>> = {
  [waiting]: yellow,
  [progressing]: brightBlue,
  [warning]: red,
  [unknown]: yellow,
  [good]: green,
  [bad]: red,
  canary: yellow,
  stable: green,
  active: green,
  preview: brightBlue,
  ping: brightBlue,
  pong: brightBlue,
  Pending: brightBlue,
  Running: brightBlue,
}

/**
 * Paints a text for a terminal in the colour of an icon, a role or a phase; what has no colour gets the plain one, as
 * upstream does it.
 */
export type Paint = (text: string, as?: string) => string

export const painted: Paint = (text, as = text) => `\u001b[${ownValue(colours, as) ?? plain}m${text}\u001b[0m`
export const unpainted: Paint = (text) => text
