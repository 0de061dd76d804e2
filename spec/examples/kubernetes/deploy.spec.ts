import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { resources } from '../../../examples/kubernetes-controller/resources'
import { root } from '../../package/packed'

// What is deployed: the rights that the controller needs, and what kubectl makes of the kustomization.

const place = join(root, 'examples/kubernetes-controller/deploy')

interface Rule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
}

interface Deployed {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly rules?: readonly Rule[]
}

const objectsIn = (text: string): readonly Deployed[] => parseAllDocuments(text).map((one) => one.toJS() as Deployed)

const rules = objectsIn(readFileSync(join(place, 'rbac.yaml'), 'utf8')).flatMap((object) => object.rules ?? [])

const may = (verb: string, group: string, resource: string): boolean =>
  rules.some((rule) => rule.apiGroups.includes(group) && rule.resources.includes(resource) && rule.verbs.includes(verb))

test.for(Object.values(resources))('it may read $plural of $apiVersion', ({ apiVersion, plural }) => {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
  for (const verb of ['get', 'list', 'watch']) expect(may(verb, group, plural), verb).toBe(true)
})

test.for([
  ['patch', 'argoproj.io', 'rollouts/status'],
  ['patch', 'argoproj.io', 'analysisruns/status'],
  ['patch', 'argoproj.io', 'experiments/status'],
  ['create', 'argoproj.io', 'analysisruns'],
  ['create', 'argoproj.io', 'experiments'],
  ['create', 'apps', 'replicasets'],
  ['delete', 'apps', 'replicasets'],
  ['update', 'apps', 'replicasets'],
  ['update', '', 'services'],
  ['create', '', 'pods/eviction'],
  ['create', '', 'events'],
  ['patch', '', 'events'],
  ['get', '', 'secrets'],
  ['update', 'coordination.k8s.io', 'leases'],
] as const)('it may %s %s %s', ([verb, group, resource]) => {
  expect(may(verb, group, resource)).toBe(true)
})

test('it may not read what it does not need', () => {
  expect([may('list', '', 'secrets'), may('*', '*', '*'), may('get', '', 'configmaps')]).toEqual([false, false, false])
})

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0

describe.skipIf(!hasKubectl)('kubectl (skipped where it is not installed)', () => {
  test('makes one namespace of the kustomization', () => {
    const { stdout, status } = spawnSync('kubectl', ['kustomize', place], { encoding: 'utf8' })
    expect(status).toBe(0)
    const made = objectsIn(stdout)
    expect(made.map(({ kind }) => kind).sort()).toEqual([
      'ClusterRole',
      'ClusterRoleBinding',
      'Deployment',
      'ServiceAccount',
    ])
    const spaced = made.filter(({ kind }) => !kind.startsWith('Cluster'))
    expect(spaced.map(({ metadata }) => metadata.namespace)).toEqual(['argo-rollouts', 'argo-rollouts'])
  })
})
