import type { ObjectRef } from '../../model/decision'
import type { KubeObject } from '../../model/meta'
import type { Rollout } from '../../model/rollout'
import type { ReplicaSet } from '../../model/workload'
import type { Awaitable, ClusterPort, HostPorts } from '../ports'

/** Adapters on an empty store, and what others do to that store. */
export interface ContractSubject {
  /** What `createHost` gets. */
  readonly ports: Pick<HostPorts, 'cluster' | 'traffic' | 'events'>
  /** Writes an object whole, with its status, as another process does; creates it where it is not there. */
  readonly write: (object: KubeObject) => Awaitable<unknown>
  /** Deletes an object, as another process does. */
  readonly remove: (ref: ObjectRef) => Awaitable<unknown>
  /** Resolves once the ports have seen everything that was written. Absent: they see it at once. */
  readonly seen?: () => Awaitable<unknown>
  /** The same store with new ports, as after a restart of the process. Absent: nothing outlives the process. */
  readonly restart?: () => Awaitable<ContractSubject>
  /** Called once after each check. */
  readonly close?: () => Awaitable<unknown>
  /** A Rollout whose router is there. Absent: the traffic port is not checked. */
  readonly routed?: Rollout
  /** Where the objects of the checks are. Default `contract`. */
  readonly namespace?: string
  /** Another one, for an object that must not be seen in the first. Default `contract-2`. */
  readonly otherNamespace?: string
}

/**
 * Whether a promise was kept: what is wrong, in words; undefined if nothing is; or that it is not for these adapters.
 */
export type Finding = string | undefined | typeof notForThese

export const notForThese: unique symbol = Symbol('not for these adapters')

/** One promise of the contract. */
export interface Promised {
  readonly id: string
  /** What adapters have to do, in one sentence. */
  readonly promise: string
  readonly find: (bench: Bench) => Promise<Finding>
}

/** Adapters under test with short names for what all checks do. */
export interface Bench {
  readonly subject: ContractSubject
  readonly cluster: ClusterPort
  readonly namespace: string
  readonly get: () => Promise<KubeObject | undefined>
  /** Writes as another process, and waits until the ports have seen it. */
  readonly writeAndSee: (object: KubeObject) => Promise<void>
}

export const setName = 'contract-set'
export const rolloutName = 'contract-rollout'
const labels = { app: 'contract' }
const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'contract:1' }] } }

export const benchOf = (subject: ContractSubject): Bench => {
  const { namespace = 'contract', ports, write, seen } = subject
  const { cluster } = ports
  return {
    subject,
    cluster,
    namespace,
    get: async () => cluster.get('ReplicaSet', namespace, setName),
    writeAndSee: async (object) => {
      await write(object)
      await seen?.()
    },
  }
}

/** The ReplicaSet of most checks. */
export const replicaSetIn = (namespace: string, name = setName): ReplicaSet & KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name, namespace, labels, annotations: { kept: 'yes' } },
  spec: { replicas: 1, selector: { matchLabels: labels }, template },
})

export const rolloutIn = (namespace: string): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: rolloutName, namespace, labels },
  spec: { replicas: 1, selector: { matchLabels: labels }, template, strategy: { canary: {} } },
})

export const wantedOf = (object: KubeObject | undefined): unknown =>
  (object?.spec as { readonly replicas?: unknown } | undefined)?.replicas

/** A text of any value, for findings. */
export const shownValue = (value: unknown): string => JSON.stringify(value) ?? 'nothing'
