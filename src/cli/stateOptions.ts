import type { ControllerVersion } from '../model/controllerVersion'
import { parseTime } from '../model/time'
import type { Option } from './commandLine/command'
import { controllerOption, rolloutOption, secondsOf } from './commandLine/common'

/** What every command that reads a state takes. */
export interface StateDraft {
  files: readonly string[]
  rollout?: string
  controller?: ControllerVersion
  at?: string
}

/** `--now WHEN`. */
const nowOption: Option<StateDraft> = {
  name: 'now',
  value: 'WHEN',
  help: 'What time it is: 2030-01-31T12:00:00Z, or now. Default: the newest time in the files, when they were read from the cluster.',
  set: (given, value) => {
    if (value !== 'now' && parseTime(value) === undefined)
      return `--now is now, or a time such as 2030-01-31T12:00:00Z, not "${value}"`
    given.at = value
    return undefined
  },
}

export const stateOptions: readonly Option<StateDraft>[] = [
  rolloutOption((given, name) => {
    given.rollout = name
  }),
  controllerOption((given, version) => {
    given.controller = version
  }),
  nowOption,
]

/** How the world behaves from now on, for what is simulated. */
export interface OutlookDraft {
  untilSeconds: number
  readyAfterSeconds?: number
}

const timeOption = (
  name: string,
  help: string,
  set: (given: OutlookDraft, seconds: number) => void,
): Option<OutlookDraft> => ({
  name,
  value: 'TIME',
  help,
  set: (given, value) => {
    const seconds = secondsOf(value)
    if (seconds === undefined) return `--${name} wants a time such as 90s or 5m, not "${value}"`
    set(given, seconds)
    return undefined
  },
})

export const outlookOptions: readonly Option<OutlookDraft>[] = [
  timeOption('until', 'How long to simulate (default 1h).', (given, seconds) => {
    given.untilSeconds = seconds
  }),
  timeOption('ready-after', 'How long new pods take to become ready (default: at once).', (given, seconds) => {
    given.readyAfterSeconds = seconds
  }),
]

export const fileAsked = 'name a file with the Rollout and its ReplicaSets, or - for standard input'

/** One paragraph for all of them. */
export const aboutFiles =
  'FILE holds the Rollout and what belongs to it, best as the cluster prints it: kubectl get rollout,rs,pod,svc,analysisrun,experiment -o yaml. It may be a folder; "-" reads standard input. Nothing is sent to a cluster.'
