import type { KubeObject } from 'rollout-engine'

// A fleet of equal Rollouts: a canary with a router, two pauses, and two Services each.

const inNamespace = 10

export const nameOf = (at: number): string => `web-${at}`

const placeOf = (at: number) => ({ name: nameOf(at), namespace: `team-${Math.floor(at / inNamespace)}` })

export const replicas = 4

export const rolloutAt = (at: number, image: string, pauseSeconds: number): KubeObject =>
  ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: placeOf(at),
    spec: {
      replicas,
      selector: { matchLabels: { app: nameOf(at) } },
      template: {
        metadata: { labels: { app: nameOf(at) } },
        spec: { containers: [{ name: 'web', image }] },
      },
      strategy: {
        canary: {
          canaryService: `${nameOf(at)}-canary`,
          stableService: `${nameOf(at)}-stable`,
          scaleDownDelaySeconds: 1,
          trafficRouting: { plugins: { fleet: {} } },
          steps: [
            { setWeight: 25 },
            { pause: { duration: `${pauseSeconds}s` } },
            { setWeight: 50 },
            { pause: { duration: `${pauseSeconds}s` } },
          ],
        },
      },
    },
  }) as unknown as KubeObject

const serviceAt = (at: number, role: string): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...placeOf(at), name: `${nameOf(at)}-${role}` },
    spec: { selector: { app: nameOf(at) } },
  }) as unknown as KubeObject

/** A Rollout with its Services. */
export const objectsAt = (at: number, image: string, pauseSeconds: number): readonly KubeObject[] => [
  rolloutAt(at, image, pauseSeconds),
  serviceAt(at, 'canary'),
  serviceAt(at, 'stable'),
]
