import type { Rule } from '../rule'

const removed: readonly unknown[] = ['extensions/v1beta1', 'networking.k8s.io/v1beta1']

export const ingressVersionRemoved: Rule = {
  id: 'ingress-version-removed',
  severity: 'warning',
  summary: 'an Ingress of an API version that Kubernetes has removed',
  why: 'Kubernetes 1.22 removed `extensions/v1beta1` and `networking.k8s.io/v1beta1`: such an Ingress cannot be applied, and the router has nothing to change.',
  thread: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
  *check(target) {
    for (const at of target) {
      if (at.object.kind !== 'Ingress' || !removed.includes(at.object.apiVersion)) continue
      yield {
        at,
        path: ['apiVersion'],
        message: `Kubernetes 1.22 and later has no Ingress of ${at.object.apiVersion}: write networking.k8s.io/v1`,
      }
    }
  },
}
