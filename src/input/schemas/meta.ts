import * as z from 'zod/mini'
import { closed, flag, int64, list, open, optional, text, textMap, texts, time } from './common'

const ownerReference = closed({
  apiVersion: optional(text),
  kind: text,
  name: text,
  uid: text,
  controller: optional(flag),
  blockOwnerDeletion: optional(flag),
})

const metaFields = {
  generateName: optional(text),
  namespace: optional(text),
  selfLink: optional(text),
  uid: optional(text),
  resourceVersion: optional(text),
  generation: optional(int64),
  creationTimestamp: optional(z.nullable(time)),
  deletionTimestamp: optional(z.nullable(time)),
  deletionGracePeriodSeconds: optional(int64),
  labels: optional(textMap),
  annotations: optional(textMap),
  ownerReferences: optional(list(ownerReference)),
  finalizers: optional(texts),
  managedFields: optional(list(open({}))),
}

/** Kubernetes object metadata, every field of it. */
export const objectMeta = closed({ name: text, ...metaFields })

export const podMetadata = closed({ labels: optional(textMap), annotations: optional(textMap) })

const requirement = { key: text, operator: text, values: optional(texts) }

export const labelSelector = closed({
  matchLabels: optional(textMap),
  matchExpressions: optional(list(closed(requirement))),
})

const conditionFields = {
  type: text,
  status: text,
  lastUpdateTime: optional(time),
  lastTransitionTime: optional(time),
  reason: optional(text),
  message: optional(text),
}

export const condition = closed(conditionFields)
/** Kubernetes' own conditions have further fields, such as `lastProbeTime`. */
export const kubeCondition = open(conditionFields)

export const typeMeta = { apiVersion: optional(text), kind: optional(text) }
