import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withPodTemplateDefaults } from '../../src/kube/podTemplate/podTemplateDefaults'
import { podTemplatesEqual } from '../../src/kube/podTemplate/podTemplatesEqual'
import { readCases, vectorsFolder } from '../conformance/vectors'

// A host that takes over never renames what runs: the ReplicaSet that one version made of a template, with the fields that its types know and the
// defaults of the API server, is found again under another version, though the hash of the same template differs there.

interface Made {
  readonly template: unknown
  readonly hash: string
  /** The template as the version's types print it. */
  readonly json: string
}

const madeBy = (version: string): ReadonlyMap<string, Made> =>
  new Map(
    readCases(join(vectorsFolder, 'versions', version), 'pod-template-hash').map(({ id, given, expect: expected }) => {
      const { hash, json } = expected as unknown as { readonly hash: string; readonly json: string }
      return [id, { template: (given as { readonly template: unknown }).template, hash, json }]
    }),
  )

/** Fields that one of the versions always prints, whether or not anybody set them. */
const always = [['creationTimestamp', 'null'] as const, ['source', '{}'] as const, ['ip', '""'] as const]

const withoutAlways = (json: string): string =>
  always.reduce(
    (text, [key, value]) => text.replaceAll(`"${key}":${value},`, '').replaceAll(`"${key}":${value}`, ''),
    json,
  )

const isFound = (json: string, template: unknown): boolean =>
  podTemplatesEqual(withPodTemplateDefaults(JSON.parse(json)), template)

const versions = ['v1.7.2', 'v1.8.5', 'v1.9.3', 'v1.10.0'].map((version) => [version, madeBy(version)] as const)
const pairs = versions.flatMap(([from, made]) =>
  versions.flatMap(([to, wanted]) => (from === to ? [] : [[from, to, made, wanted] as const])),
)

test.each(pairs)(
  'what %s made is recognised by %s, but for fields that only one of them knows',
  (_from, _to, made, wanted) => {
    const lost: string[] = []
    let [renamed, recognised] = [0, 0]
    for (const [id, { hash, json }] of made) {
      const now = wanted.get(id)
      if (!now || now.hash === hash) continue
      renamed++
      if (isFound(json, now.template)) recognised++
      // Some values do not survive being printed: those a version does not find again even where it made them itself.
      else if (withoutAlways(json) === withoutAlways(now.json) && isFound(now.json, now.template)) lost.push(id)
    }
    expect(lost).toEqual([])
    expect(renamed === 0 || recognised >= 700).toBe(true)
  },
)
