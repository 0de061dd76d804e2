import type { FieldPath } from '../../input/places'
import { stepsOf } from '../../rollout/facts/steps'
import { canaryPath } from '../facts'
import { rolloutRule } from '../rule'

const longestService = 63
/** Hashes have 7 to 10 characters, mostly 9 or 10; revisions grow. */
const shortestHash = 7

export const experimentServiceNameTooLong = rolloutRule(
  {
    id: 'experiment-service-name-too-long',
    severity: 'error',
    summary: 'an experiment whose Service gets a name that is too long',
    why: "The Service of an experiment's template is called `<rollout>-<hash>-<revision>-<step>-<template>`. Beyond 63 characters Kubernetes refuses it, the experiment fails and the update is aborted.",
    thread: 'https://github.com/argoproj/argo-rollouts/issues/1637',
  },
  function* (rollout) {
    for (const [index, { experiment }] of stepsOf(rollout).entries()) {
      for (const [at, { name, service, weight }] of (experiment?.templates ?? []).entries()) {
        if (service?.name !== undefined || (service === undefined && weight === undefined)) continue
        const length = `${rollout.metadata.name}--1-${index}-${name}`.length + shortestHash
        if (length <= longestService) continue
        const path: FieldPath = [...canaryPath, 'steps', index, 'experiment', 'templates', at, 'name']
        yield {
          path,
          message: `the Service of ${name} would have a name of ${length} characters or more; ${longestService} are allowed`,
        }
      }
    }
  },
)
