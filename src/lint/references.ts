import type { FieldPath } from '../input/places'
import type { Rollout } from '../model/rollout'
import { analysesOf, blueGreenPath, canaryPath } from './facts'

/** A name in a Rollout that another object has to have. */
export interface Reference {
  readonly path: FieldPath
  readonly kind: string
  readonly name: string
}

/** The Services, templates, Ingresses, VirtualServices and the workload that a Rollout names. */
export function referencesOf(rollout: Rollout): readonly Reference[] {
  const { canary, blueGreen } = rollout.spec.strategy ?? {}
  const { nginx, alb, istio } = canary?.trafficRouting ?? {}
  const routing = [...canaryPath, 'trafficRouting']
  const workload = rollout.spec.workloadRef
  const named: readonly (readonly [FieldPath, string, string | undefined])[] = [
    [[...canaryPath, 'canaryService'], 'Service', canary?.canaryService],
    [[...canaryPath, 'stableService'], 'Service', canary?.stableService],
    [[...blueGreenPath, 'activeService'], 'Service', blueGreen?.activeService],
    [[...blueGreenPath, 'previewService'], 'Service', blueGreen?.previewService],
    [[...routing, 'nginx', 'stableIngress'], 'Ingress', nginx?.stableIngress],
    [[...routing, 'alb', 'ingress'], 'Ingress', alb?.ingress],
    [[...routing, 'istio', 'virtualService', 'name'], 'VirtualService', istio?.virtualService?.name],
    [[...routing, 'istio', 'destinationRule', 'name'], 'DestinationRule', istio?.destinationRule?.name],
    [['spec', 'workloadRef', 'name'], workload?.kind ?? '', workload?.name],
    ...analysesOf(rollout).flatMap(({ path, analysis }) =>
      (analysis.templates ?? []).map(
        ({ templateName, clusterScope }, index) =>
          [
            [...path, 'templates', index, 'templateName'] as FieldPath,
            clusterScope ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate',
            templateName,
          ] as const,
      ),
    ),
  ]
  return named.flatMap(([path, kind, name]) =>
    kind === '' || name === undefined || name === '' || name.includes('.') ? [] : [{ path, kind, name }],
  )
}
