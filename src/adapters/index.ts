export { drive, type LoopPorts } from './drive'
export { fetchMetrics, type MetricsHost, measureAnalysisRun, measureWithFetch } from './measure'
export { type NotifyAnswer, notifyWithFetch } from './notify'
export type { EventOutbox } from './outbox'
export type { RolloutAnswer, RolloutPorts } from './ports'
export { reconcileOnce } from './reconcileOnce'
export {
  type FetchOptions,
  type FetchReply,
  type SendAnswer,
  type SendOptions,
  sendWithFetch,
} from './send'
export type { StopSignal } from './stopSignal'
