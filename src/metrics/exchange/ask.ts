import type { Measurement } from '../../model/analysis'
import type { JsonObject, JsonValue } from '../../model/json'
import type { KubeObject, StringMap } from '../../model/meta'

/**
 * The request must be signed with AWS Signature Version 4 by the host, which has the credentials (profile and role
 * choose them).
 */
export interface SigV4 {
  readonly service: string
  readonly region: string
  readonly profile?: string
  readonly roleArn?: string
}

/** An HTTP request to send unchanged. Redirects are answers, too: the host must not follow them. */
export interface HttpRequest {
  readonly method: string
  /** Absolute, escaped, without user and fragment. */
  readonly url: string
  /** Names in lower case. They may hold credentials: never log them. */
  readonly headers?: StringMap
  readonly body?: string
  /** Absent: no timeout. */
  readonly timeoutSeconds?: number
  /** `insecure`: the server's certificate is not verified. */
  readonly tls?: { readonly insecure: true }
  readonly sigv4?: SigV4
  /** The host may send it again where a reused connection broke, though it is a POST. */
  readonly idempotent?: true
}

/** Which environment variables are set? Answer: EnvironmentAnswer. */
export interface EnvironmentAsk {
  readonly kind: 'environment'
  readonly names: readonly string[]
}
/** Variables that are not set are absent. */
export interface EnvironmentAnswer {
  readonly kind: 'environment'
  readonly values: StringMap
}

/** A Secret of the controller's cluster. Answer: SecretDataAnswer, or RefusedAnswer (`NotFound`). */
export interface SecretDataAsk {
  readonly kind: 'secret'
  readonly namespace: string
  readonly name: string
}

/** Decoded values of a secret by key. */
export interface SecretDataAnswer {
  readonly kind: 'secret'
  /** Decoded values by key. */
  readonly data: StringMap
}

/** Send a request. Answer: HttpAnswer, FailedAnswer (nothing came back) or TimeoutAnswer. */
export interface HttpAsk {
  readonly kind: 'http'
  readonly request: HttpRequest
}

/** An HTTP response, whatever its status; the body as text. */
export interface HttpAnswer {
  readonly kind: 'http'
  readonly status: number
  /** Reason phrase; absent: the usual one of the status. */
  readonly statusText?: string
  readonly headers?: StringMap
  readonly body: string
  /** The error after `body` was read: `timeout`, or a text such as `unexpected EOF`. */
  readonly bodyError?: string
}
/** The time of the request's `timeoutSeconds` is over. */
export interface TimeoutAnswer {
  readonly kind: 'timeout'
}

/** Wait for this many seconds. Answer: WaitedAnswer. */
export interface WaitAsk {
  readonly kind: 'wait'
  readonly seconds: number
}

/** The seconds are over. */
export interface WaitedAnswer {
  readonly kind: 'waited'
}

/** The cluster that runs the jobs: the controller's own, or one of a kubeconfig (`in-cluster` or a path). */
export interface JobCluster {
  readonly kubeconfig?: string
}

/**
 * Is there a kubeconfig that can be used: a file of the controller's, or `in-cluster` (the token of its service
 * account)? Answer: DoneAnswer, RefusedAnswer (`NotFound`), or FailedAnswer with the error.
 */
export interface KubeconfigAsk {
  readonly kind: 'kubeconfig'
  readonly path: string
}

/**
 * A call to the Kubernetes API. Answers: ObjectAnswer to create and get, ObjectsAnswer to list, DoneAnswer to delete,
 * RefusedAnswer where the API server (or the host's cache: `NotFound`) says no.
 */
export type KubernetesAsk = {
  readonly kind: 'kubernetes'
  readonly resource: 'jobs' | 'pods'
  readonly cluster: JobCluster
} & (
  | { readonly verb: 'create'; readonly namespace: string; readonly object: KubeObject }
  /** `fresh`: from the API server itself; else the host's cache will do. */
  | { readonly verb: 'get'; readonly namespace: string; readonly name: string; readonly fresh?: true }
  /** All objects of the namespace (absent: of all) with these labels. */
  | { readonly verb: 'list'; readonly namespace?: string; readonly labels?: StringMap }
  | {
      readonly verb: 'delete'
      readonly namespace: string
      readonly name: string
      readonly propagationPolicy: 'Foreground'
    }
)

/** The object that was asked for, or that was created. */
export interface ObjectAnswer {
  readonly kind: 'object'
  readonly object: KubeObject
}

/** The objects of a list. */
export interface ObjectsAnswer {
  readonly kind: 'objects'
  readonly objects: readonly KubeObject[]
}

/** Done, without a result. */
export interface DoneAnswer {
  readonly kind: 'done'
}
/** `reason` as Kubernetes names it (`NotFound`, `AlreadyExists`, `Forbidden`), or an AWS error code. */
export interface RefusedAnswer {
  readonly kind: 'refused'
  readonly reason: string
  readonly message?: string
}

/**
 * A call to an AWS API; the host's SDK knows region and credentials. Answer: AwsAnswer, RefusedAnswer or FailedAnswer.
 */
export interface AwsAsk {
  readonly kind: 'aws'
  readonly service: 'CloudWatch'
  readonly operation: 'GetMetricData'
  /** Member names as in the AWS API; times are RFC 3339. */
  readonly input: JsonObject
}

/** What the AWS call gave, as its JSON. */
export interface AwsAnswer {
  readonly kind: 'aws'
  readonly output: JsonObject
}

/** A metric plugin is called. Answer: PluginAnswer or FailedAnswer. */
export interface PluginAsk {
  readonly kind: 'plugin'
  readonly plugin: string
  readonly config?: JsonValue
  readonly operation: 'run' | 'resume' | 'terminate' | 'garbageCollect'
  readonly measurement?: Measurement
  readonly limit?: number
}

/** What a metric plugin returned. */
export interface PluginAnswer {
  readonly kind: 'plugin'
  readonly measurement?: Measurement
  readonly metadata?: StringMap
  /** The plugin's own name. */
  readonly type?: string
  /** Of garbageCollect. */
  readonly error?: string
}

/** The call failed completely: a network error, a plugin that does not start. */
export interface FailedAnswer {
  readonly kind: 'failed'
  readonly message: string
}

/** One question of a provider to its host. */
export type ProviderAsk =
  | EnvironmentAsk
  | SecretDataAsk
  | HttpAsk
  | WaitAsk
  | KubeconfigAsk
  | KubernetesAsk
  | AwsAsk
  | PluginAsk

/** Every answer of a host; the comment of an ask lists those that fit. */
export type ProviderAnswer =
  | EnvironmentAnswer
  | SecretDataAnswer
  | HttpAnswer
  | TimeoutAnswer
  | WaitedAnswer
  | ObjectAnswer
  | ObjectsAnswer
  | DoneAnswer
  | RefusedAnswer
  | AwsAnswer
  | PluginAnswer
  | FailedAnswer
