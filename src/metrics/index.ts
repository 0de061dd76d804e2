/** Entry `./metrics`: metric providers without I/O. */

export { hideSecrets } from '../secrets/hideSecrets'
export { metricConditions, metricConditionsOf } from './conditions'
export type {
  AwsAnswer,
  AwsAsk,
  DoneAnswer,
  EnvironmentAnswer,
  EnvironmentAsk,
  FailedAnswer,
  HttpAnswer,
  HttpAsk,
  HttpRequest,
  JobCluster,
  KubeconfigAsk,
  KubernetesAsk,
  ObjectAnswer,
  ObjectsAnswer,
  PluginAnswer,
  PluginAsk,
  ProviderAnswer,
  ProviderAsk,
  RefusedAnswer,
  SecretDataAnswer,
  SecretDataAsk,
  SigV4,
  TimeoutAnswer,
  WaitAsk,
  WaitedAnswer,
} from './exchange/ask'
export type { ProviderContext, ProviderOperation, ProviderOutcome, TypedResult, Verdict } from './exchange/context'
export { describeAsk } from './exchange/describeAsk'
export {
  continueExchange,
  type Exchange,
  type ExchangeState,
  errorMeasurement,
  startExchange,
} from './exchange/exchange'
export { interpret, type Known, type Pending, type Requested, request } from './request'
