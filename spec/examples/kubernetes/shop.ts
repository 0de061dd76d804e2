import { KubeConfig } from '@kubernetes/client-node'
import type { KubeObject } from '../../../src/model/meta'
import type { Rollout } from '../../../src/model/rollout'
import type { ObjectServer } from './objectServer'

// What the tests of the controller roll out, and how they wait for it.

export const namespace = 'shop'
export const rollouts = 'argoproj.io/v1alpha1/rollouts'
export const services = 'v1/services'

const service = (name: string): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { selector: { app: 'web' } },
  }) as KubeObject

const canary = {
  canaryService: 'web-canary',
  stableService: 'web-stable',
  scaleDownDelaySeconds: 1,
  trafficRouting: { nginx: { stableIngress: 'web' } },
  steps: [{ setWeight: 25 }, { pause: { duration: 1 } }, { setWeight: 50 }, { pause: { duration: 1 } }],
}

export const rollout = (image: string): KubeObject =>
  ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'web', namespace },
    spec: {
      replicas: 4,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } },
      strategy: { canary },
    },
  }) as unknown as KubeObject

const ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web', namespace, annotations: { 'kubernetes.io/ingress.class': 'nginx' } },
  spec: {
    rules: [
      {
        host: 'web',
        http: {
          paths: [
            { path: '/', pathType: 'Prefix', backend: { service: { name: 'web-stable', port: { number: 80 } } } },
          ],
        },
      },
    ],
  },
} as unknown as KubeObject

export const shopObjects = (image: string): readonly KubeObject[] => [
  service('web-canary'),
  service('web-stable'),
  ingress,
  rollout(image),
]

export function installShop(objects: ObjectServer, image = 'web:1'): void {
  for (const name of ['web-canary', 'web-stable']) objects.create(services, namespace, service(name))
  objects.create('networking.k8s.io/v1/ingresses', namespace, ingress)
  objects.create(rollouts, namespace, rollout(image))
}

/** A merge patch. */
export const withImage = (image: string): object => ({
  spec: { template: { spec: { containers: [{ name: 'web', image }] } } },
})

export const setImage = (objects: ObjectServer, image: string): void => {
  objects.patch(rollouts, namespace, 'web', withImage(image), 'object')
}

export const webOf = (objects: ObjectServer): Rollout => objects.get(rollouts, namespace, 'web') as unknown as Rollout

export function configFor(url: string): KubeConfig {
  const config = new KubeConfig()
  config.loadFromClusterAndUser({ name: 'test', server: url, skipTLSVerify: true }, { name: 'test' })
  return config
}

/** Waits for events of the server, and for the given time at most. */
export function until(
  objects: ObjectServer,
  what: string,
  isSo: () => boolean,
  mostMilliseconds = 60_000,
): Promise<void> {
  if (isSo()) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const end = objects.watch(() => isSo() && done(resolve))
    const timer = setTimeout(() => {
      const { status } = webOf(objects)
      done(() => reject(new Error(`${what} did not happen: ${JSON.stringify({ ...status, conditions: undefined })}`)))
    }, mostMilliseconds)
    const done = (settle: () => void): void => {
      clearTimeout(timer)
      end()
      settle()
    }
  })
}

/** Nobody has written anything for a while. */
export async function untilQuiet(objects: ObjectServer, milliseconds = 700): Promise<void> {
  for (let before = -1; before !== objects.version(); ) {
    before = objects.version()
    await new Promise((resolve) => setTimeout(resolve, milliseconds))
  }
}

/** The update is over: everything runs the image, and old pods are gone. */
export function isSettled(objects: ObjectServer, image: string): boolean {
  const { status, spec } = webOf(objects)
  const sets = objects.list('apps/v1/replicasets', namespace) as unknown as readonly {
    spec: { replicas: number }
    metadata: { labels: Readonly<Record<string, string>> }
  }[]
  const pods = sets.reduce((sum, set) => sum + set.spec.replicas, 0)
  return (
    JSON.stringify(spec.template).includes(`"image":"${image}"`) &&
    status?.phase === 'Healthy' &&
    status.stableRS === status.currentPodHash &&
    String(status.observedGeneration) === String(webOf(objects).metadata.generation) &&
    pods === 4
  )
}

/** What there is, without names, times and numbers of writes. */
export function endState(objects: ObjectServer) {
  const { status } = webOf(objects)
  const { stableRS } = status ?? {}
  return {
    phase: status?.phase,
    abort: status?.abort ?? false,
    stepIndex: status?.currentStepIndex,
    revisions: objects
      .list('apps/v1/replicasets', namespace)
      .map(
        (set) =>
          `${set.metadata.annotations?.['rollout.argoproj.io/revision']}: ${(set.spec as { replicas: number }).replicas}`,
      )
      .sort(),
    selectors: objects
      .list(services, namespace)
      .map(({ metadata, spec }) => {
        const { selector } = spec as { selector: Readonly<Record<string, string>> }
        return `${metadata.name}: ${selector['rollouts-pod-template-hash'] === stableRS ? 'stable' : 'another'}`
      })
      .sort(),
    canaryIngress: objects
      .list('networking.k8s.io/v1/ingresses', namespace)
      .map(
        ({ metadata }) =>
          `${metadata.name} ${metadata.annotations?.['nginx.ingress.kubernetes.io/canary-weight'] ?? ''}`,
      )
      .sort(),
  }
}
