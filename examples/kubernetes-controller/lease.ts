import type { Lease, LeaseHold } from 'rollout-engine/host'
import { type Api, ApiError } from './api'

export interface LeaseOptions {
  readonly namespace: string
  readonly name: string
  /** Who we are: no other process has the same. */
  readonly identity: string
  readonly durationSeconds?: number
  readonly renewSeconds?: number
  readonly retrySeconds?: number
}

interface LeaseObject {
  readonly metadata: { readonly resourceVersion?: string }
  readonly spec?: {
    readonly holderIdentity?: string
    readonly renewTime?: string
    readonly leaseDurationSeconds?: number
    readonly leaseTransitions?: number
    readonly acquireTime?: string
  }
}

const micros = (milliseconds: number): string => new Date(milliseconds).toISOString().replace('Z', '000Z')

/**
 * Leader election with a `Lease` of coordination.k8s.io. A lease counts as given up once it was not renewed for its
 * duration, measured by our own clock since we saw it change: clocks of machines may differ.
 */
export function kubernetesLease(api: Api, options: LeaseOptions): Lease {
  const { namespace, name, identity, durationSeconds = 15, renewSeconds = 5, retrySeconds = 2 } = options
  const path = `/apis/coordination.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/leases`
  const seen = { renewTime: '', atMilliseconds: 0 }

  async function read(): Promise<LeaseObject | undefined> {
    try {
      return (await api.send({ method: 'GET', path: `${path}/${name}` })) as LeaseObject
    } catch (error) {
      if (error instanceof ApiError && error.code === 404) return undefined
      throw error
    }
  }

  function isFree({ spec = {} }: LeaseObject): boolean {
    const { holderIdentity = '', renewTime = '' } = spec
    if (holderIdentity === '' || holderIdentity === identity) return true
    if (renewTime !== seen.renewTime) Object.assign(seen, { renewTime, atMilliseconds: Date.now() })
    return Date.now() - seen.atMilliseconds > (spec.leaseDurationSeconds ?? durationSeconds) * 1000
  }

  /** Whether it is ours now. The resourceVersion makes sure that nobody was quicker. */
  async function take(): Promise<boolean> {
    const now = micros(Date.now())
    const known = await read()
    if (known && !isFree(known)) return false
    const isOurs = known?.spec?.holderIdentity === identity
    const spec = {
      holderIdentity: identity,
      leaseDurationSeconds: durationSeconds,
      renewTime: now,
      acquireTime: isOurs ? known.spec?.acquireTime : now,
      leaseTransitions: (known?.spec?.leaseTransitions ?? 0) + (known && !isOurs ? 1 : 0),
    }
    const metadata = { ...known?.metadata, name, namespace }
    const body = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec }
    try {
      await api.send(known ? { method: 'PUT', path: `${path}/${name}`, body } : { method: 'POST', path, body })
      return true
    } catch (error) {
      if (error instanceof ApiError && error.code === 409) return false
      throw error
    }
  }

  return {
    async acquire(signal) {
      while (!signal.aborted) {
        if (await take().catch(() => false)) return hold()
        await pause(retrySeconds * 1000, signal)
      }
      return undefined
    },
  }

  function hold(): LeaseHold {
    const lost = new AbortController()
    const released = new AbortController()
    const renewing = (async () => {
      let renewedAt = Date.now()
      while (!released.signal.aborted) {
        await pause(renewSeconds * 1000, released.signal)
        if (released.signal.aborted) return
        if (await take().catch(() => undefined)) renewedAt = Date.now()
        // Well before anybody else may take it.
        else if (Date.now() - renewedAt > (durationSeconds - renewSeconds) * 1000) return lost.abort()
      }
    })()
    return {
      lost: lost.signal,
      async release() {
        released.abort()
        await renewing
        if (lost.signal.aborted) return
        const body = { spec: { holderIdentity: '', leaseDurationSeconds: 1 } }
        await api.send({ method: 'PATCH', path: `${path}/${name}`, body }).catch(() => undefined)
      },
    }
  }
}

interface Stoppable {
  readonly aborted: boolean
  readonly addEventListener: (type: 'abort', listener: () => void) => void
  readonly removeEventListener: (type: 'abort', listener: () => void) => void
}

function pause(milliseconds: number, signal: Stoppable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
  })
}
