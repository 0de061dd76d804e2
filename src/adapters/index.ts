export { drive, type RolloutPorts, reconcileOnce } from './drive'
export { type MetricsHost, measureAnalysisRun, measureWithFetch } from './measure'
export {
  type FetchOptions,
  type FetchReply,
  type SendAnswer,
  type SendOptions,
  type StopSignal,
  sendWithFetch,
} from './send'
