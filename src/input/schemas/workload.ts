import type * as z from 'zod/mini'
import type { PodTemplate } from '../../model/workload'
import { int32, int64, intOrText, keptWhole, list, open, optional, text, textMap } from './common'
import { kubeCondition, labelSelector, objectMeta, typeMeta } from './meta'

// The few fields of a pod template where a wrong type is a common mistake or that the engine reads; all others are
// neither checked nor touched.
const container = open({
  name: optional(text),
  image: optional(text),
  env: optional(list(open({ name: optional(text), value: optional(text) }))),
})

const podSpec = open({
  containers: optional(list(container)),
  initContainers: optional(list(container)),
  affinity: optional(open({})),
})

export const podTemplate = open({
  metadata: optional(open({ labels: optional(textMap), annotations: optional(textMap) })),
  spec: optional(podSpec),
}) as unknown as z.ZodMiniType<PodTemplate>

export const replicaSet = open({
  ...typeMeta,
  metadata: objectMeta,
  spec: open({
    replicas: optional(int32),
    minReadySeconds: optional(int32),
    selector: optional(labelSelector),
    template: optional(podTemplate),
  }),
  status: optional(
    open({
      replicas: optional(int32),
      fullyLabeledReplicas: optional(int32),
      readyReplicas: optional(int32),
      availableReplicas: optional(int32),
      observedGeneration: optional(int64),
      conditions: optional(list(kubeCondition)),
    }),
  ),
})

export const pod = open({
  ...typeMeta,
  metadata: objectMeta,
  spec: optional(podSpec as unknown as typeof keptWhole),
  status: optional(open({ phase: optional(text), conditions: optional(list(kubeCondition)) })),
})

const servicePort = open({
  name: optional(text),
  protocol: optional(text),
  port: int32,
  targetPort: optional(intOrText),
  nodePort: optional(int32),
  appProtocol: optional(text),
})

export const service = open({
  ...typeMeta,
  metadata: objectMeta,
  spec: optional(open({ selector: optional(textMap), ports: optional(list(servicePort)) })),
  status: optional(keptWhole),
})

/** Deployment and PodTemplate, as `workloadRef` names them. */
export const workload = open({
  ...typeMeta,
  metadata: objectMeta,
  spec: optional(
    open({ replicas: optional(int32), selector: optional(labelSelector), template: optional(podTemplate) }),
  ),
  template: optional(podTemplate),
  status: optional(keptWhole),
})

/** Every other kind: only the metadata is looked at. */
export const anyObject = open({ ...typeMeta, metadata: objectMeta })
