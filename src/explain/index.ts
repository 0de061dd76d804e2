export { type AvailableCommand, type AvailableOptions, availableCommands } from './availableCommands'
export { type Explanation, explain, type Wait } from './explain'
export { type Outlook, type OutlookOptions, outlook } from './outlook'
export { type ShadowReport, type ShadowStep, type ShadowVerdict, type Snapshot, shadow } from './shadow/shadow'
