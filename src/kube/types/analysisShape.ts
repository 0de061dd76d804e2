import { podTemplateShape } from './podTemplateShape.generated'
import type { Shape } from './shape'

// How Go prints the types of analyses (upstream: pkg/apis/rollouts/v1alpha1/analysis_types.go, k8s.io/api/batch/v1), in
// the notation of ../hash/shape.ts. The order of the fields decides which of several unresolved tags an error names.

const authentication = {
  Authentication: 'sigv4?:Sigv4Config oauth2?:OAuth2Config basicAuth?:BasicAuthConfig',
  Sigv4Config: 'region?:string profile?:string roleArn?:string',
  OAuth2Config: 'tokenUrl?:string clientId?:string clientSecret?:string scopes?:[]string',
  BasicAuthConfig: 'username?:string password?:string',
}

const cloudWatch = {
  CloudWatchMetric: 'interval?:string metricDataQueries:[]CloudWatchQuery',
  CloudWatchQuery:
    'id?:string expression?:*string label?:*string metricStat?:*CloudWatchStat period?:*intOrString returnData?:*bool',
  CloudWatchStat: 'metric?:CloudWatchStatMetric period?:intOrString stat?:string unit?:string',
  CloudWatchStatMetric: 'dimensions?:[]CloudWatchDimension metricName?:string namespace?:*string',
  CloudWatchDimension: 'name?:string value?:string',
}

const kayenta = {
  KayentaMetric:
    'address:string application:string canaryConfigName:string metricsAccountName:string configurationAccountName:string storageAccountName:string threshold:KayentaThreshold scopes:[]KayentaScope lookback?:bool',
  KayentaThreshold: 'pass:int64 marginal:int64',
  KayentaScope: 'name:string controlScope:ScopeDetail experimentScope:ScopeDetail',
  ScopeDetail: 'scope:string region:string step:int64 start?:string end?:string',
}

const job = {
  JobMetric: 'metadata?:ObjectMeta spec:JobSpec',
  JobSpec:
    'parallelism?:*int32 completions?:*int32 activeDeadlineSeconds?:*int64 podFailurePolicy?:*PodFailurePolicy successPolicy?:*SuccessPolicy backoffLimit?:*int32 backoffLimitPerIndex?:*int32 maxFailedIndexes?:*int32 selector?:*LabelSelector manualSelector?:*bool template:PodTemplateSpec ttlSecondsAfterFinished?:*int32 completionMode?:*string suspend?:*bool podReplacementPolicy?:*string managedBy?:*string',
  PodFailurePolicy: 'rules:[]PodFailurePolicyRule',
  PodFailurePolicyRule: 'action:string onExitCodes?:*PodFailureOnExitCodes onPodConditions?:[]PodFailureOnPodCondition',
  PodFailureOnExitCodes: 'containerName?:*string operator:string values:[]int32',
  PodFailureOnPodCondition: 'type:string status:string',
  SuccessPolicy: 'rules:[]SuccessPolicyRule',
  SuccessPolicyRule: 'succeededIndexes?:*string succeededCount?:*int32',
}

const providers = {
  MetricProvider:
    'prometheus?:*PrometheusMetric kayenta?:*KayentaMetric web?:*WebMetric datadog?:*DatadogMetric wavefront?:*QueryMetric newRelic?:*NewRelicMetric job?:*JobMetric cloudWatch?:*CloudWatchMetric graphite?:*QueryMetric influxdb?:*InfluxdbMetric skywalking?:*SkyWalkingMetric plugin?:map[]rawJSON',
  PrometheusMetric:
    'address?:string query?:string authentication?:Authentication timeout?:*int64 insecure?:bool headers?:[]WebMetricHeader rangeQuery?:*PrometheusRangeQueryArgs',
  PrometheusRangeQueryArgs: 'start?:string end?:string step?:string',
  WebMetricHeader: 'key:string value:string',
  WebMetric:
    'method?:string url:string headers?:[]WebMetricHeader body?:string timeoutSeconds?:int64 jsonPath?:string insecure?:bool jsonBody?:rawJSON authentication?:Authentication',
  DatadogMetric:
    'interval?:string query?:string queries?:map[]string formula?:string apiVersion?:string aggregator?:string secretRef?:DatadogSecretRef requestTimeout?:string',
  DatadogSecretRef: 'name?:string namespaced?:bool',
  /** Wavefront and Graphite. */
  QueryMetric: 'address?:string query?:string',
  NewRelicMetric: 'profile?:string query:string timeout?:*int64',
  InfluxdbMetric: 'profile?:string query?:string',
  SkyWalkingMetric: 'address?:string query?:string interval?:string',
  ...authentication,
  ...cloudWatch,
  ...kayenta,
  ...job,
}

const types: Shape['types'] = {
  ...podTemplateShape.types,
  ...providers,
  Metric:
    'name:string interval?:string initialDelay?:string count?:*intOrString successCondition?:string failureCondition?:string failureLimit?:*intOrString inconclusiveLimit?:*intOrString consecutiveErrorLimit?:*intOrString provider:MetricProvider consecutiveSuccessLimit?:*intOrString',
  AnalysisSpec: 'metrics:[]Metric args?:[]Argument dryRun?:[]DryRun measurementRetention?:[]MeasurementRetention',
  Argument: 'name:string value?:*string valueFrom?:*ArgumentValueFrom',
  ArgumentValueFrom: 'secretKeyRef?:*SecretKeyRef fieldRef?:*FieldRef',
  SecretKeyRef: 'name:string key:string',
  FieldRef: 'fieldPath:string',
  DryRun: 'metricName:string',
  MeasurementRetention: 'metricName:string limit:int32',
}

/** One metric. */
export const metricShape: Shape = { root: 'Metric', types }

/** Of a template or run: metrics, args, dryRun and measurementRetention. */
export const analysisSpecShape: Shape = { root: 'AnalysisSpec', types }

/** One argument of a template or run. */
export const argumentShape: Shape = { root: 'Argument', types }
