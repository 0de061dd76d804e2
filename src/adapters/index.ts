export { drive, type RolloutPorts, reconcileOnce } from './drive'
export { type MetricsHost, measureAnalysisRun, measureWithFetch } from './measure'
export { type SendAnswer, type SendOptions, sendWithFetch } from './send'
