import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { objectsOfKind, parseManifests } from '../../src/input'

// Every block that people marked as YAML in what they wrote about Argo Rollouts, whether it is or not.
const folder = fileURLToPath(new URL('./fixtures/', import.meta.url))
const blocks = readdirSync(folder).filter((name) => /^seed-.*\.yaml$/.test(name))
const read = (name: string) => parseManifests(readFileSync(`${folder}${name}`, 'utf8'))

const manifests: Readonly<Record<string, readonly string[]>> = {
  'seed-000-01.yaml': ['Rollout/rollouts-demo'],
  'seed-000-02.yaml': ['Service/rollouts-demo'],
  'seed-000-04.yaml': ['Rollout/rollouts-demo'],
  'seed-003-00.yaml': ['Rollout/quarkus-rollout-bluegreen'],
  'seed-003-01.yaml': ['Service/quarkus-rollout-bluegreen-active', 'Service/quarkus-rollout-bluegreen-preview'],
  'seed-003-02.yaml': ['Ingress/quarkus-rollout-bluegreen'],
  'seed-003-03.yaml': ['Rollout/quarkus-rollout-bluegreen'],
}

/** Why the other blocks are no manifests: command lines, parts of manifests, and one with a line left out in it. */
const others: Readonly<Record<string, { readonly code: string; readonly line: number }>> = {
  'seed-004-00.yaml': { code: 'syntax', line: 35 },
}

describe('what people really write', () => {
  it('has all the blocks', () => {
    expect(blocks).toHaveLength(21)
  })

  it.each(blocks)('%s', (name) => {
    const { objects, issues } = read(name)
    expect(objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual(manifests[name] ?? [])
    const expected = others[name] ?? { code: 'not-an-object', line: 1 }
    expect(issues.map(({ code, line }) => ({ code, line }))).toEqual(manifests[name] ? [] : [expected])
  })

  it('keeps a pause without duration apart from one with, and the template as it was written', () => {
    const [rollout] = objectsOfKind(read('seed-000-01.yaml').objects, 'Rollout')
    expect(rollout?.spec.strategy?.canary?.steps?.slice(1, 4)).toEqual([
      { pause: {} },
      { setWeight: 40 },
      { pause: { duration: 45 } },
    ])
    expect(JSON.stringify(rollout?.spec.template?.spec)).toBe(
      '{"containers":[{"name":"rollouts-demo","image":"argoproj/rollouts-demo:blue",' +
        '"ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],"resources":{"requests":{"memory":"32Mi","cpu":"5m"}}}]}',
    )
  })

  it('says what a command line in the place of a manifest is', () => {
    expect(read('seed-000-00.yaml').issues[0]?.message).toBe(
      'expected a Kubernetes object with apiVersion, kind and metadata, got text "oc new-project demo-rollout": remove it or make it a comment',
    )
  })

  it('reads all blocks in one text: what is no manifest spoils nothing of the rest', () => {
    const sound = blocks.filter((name) => name !== 'seed-004-00.yaml')
    const text = sound.map((name) => readFileSync(`${folder}${name}`, 'utf8')).join('\n---\n')
    const { objects, issues } = parseManifests(text)
    expect(objects).toHaveLength(8)
    expect(issues).toHaveLength(13)
    expect(issues.every(({ code }) => code === 'not-an-object')).toBe(true)
  })
})
