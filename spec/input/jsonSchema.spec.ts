import { describe, expect, it } from 'vitest'
import { jsonSchemaOf, manifestSchema, modelKinds } from '../../src/input'
import { simulationSchema } from '../../src/scenario'

interface Node {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly format?: string
  readonly maximum?: number
  readonly anyOf?: readonly Node[]
  readonly items?: Node
  readonly enum?: readonly unknown[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Node>>
  readonly additionalProperties?: unknown
}

const at = (schema: unknown, path: string): Node =>
  path.split('.').reduce((node: Node, name) => (name === '[]' ? node.items! : node.properties![name]!), schema as Node)

describe('JSON Schemas', () => {
  it.each(modelKinds)('%s is plain data with its kind, new each time', (kind) => {
    const schema = jsonSchemaOf(kind)
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
    expect(at(schema, 'kind')).toEqual({ const: kind })
    expect((schema.required as string[]).slice(0, 3)).toEqual(['apiVersion', 'kind', 'metadata'])
    expect(jsonSchemaOf(kind)).not.toBe(schema)
  })

  it('say types, formats, ranges and what is required', () => {
    const schema = jsonSchemaOf('Rollout')
    const canary = at(schema, 'spec.strategy.canary')
    expect(at(canary, 'steps.[].setWeight')).toMatchObject({ type: 'integer', maximum: 2 ** 31 - 1 })
    expect(at(canary, 'maxSurge').anyOf?.map(({ type }) => type)).toEqual(['integer', 'string'])
    expect(at(canary, 'trafficRouting.alb').required).toEqual(['servicePort'])
    expect(canary.additionalProperties).toBe(false)
    expect(at(schema, 'spec.restartAt')).toMatchObject({ type: 'string', format: 'date-time' })
    expect(at(schema, 'spec.template.spec').additionalProperties).toEqual({})
    expect(at(schema, 'status.phase').enum).toEqual(['Healthy', 'Degraded', 'Progressing', 'Paused'])
  })
})

/** Fields of others, whose names need no word of ours. */
const plain =
  /^(\.(apiVersion|kind|spec)|matchExpressions\..*|selector\.match.*|workloadRef\..*|\w+(Metadata)\.(labels|annotations)|(destinationRule|canaryVirtualNodeRef|stableVirtualNodeRef|route|managedRoutes)\.name)$/

type Described = Node & { readonly description?: string }

/** `parent.field` of every field without a description; what Kubernetes describes and what nobody writes is left out. */
function undescribed(node: Described, parent = ''): string[] {
  const fields = Object.entries(node.properties ?? {}) as [string, Described][]
  const inner = fields.flatMap(([name, field]) => {
    const isOfOthers = ['metadata', 'job'].includes(name) || `${parent}.${name}` === '.status'
    if (isOfOthers || `${parent}.${name}` === 'template.spec') return []
    return [...(field.description ? [] : [`${parent}.${name}`]), ...undescribed(field, name)]
  })
  const values = typeof node.additionalProperties === 'object' ? [node.additionalProperties as Described] : []
  const same = [...(node.anyOf ?? []), ...(node.items ? [node.items] : []), ...values]
  return [...inner, ...same.flatMap((one) => undescribed(one, parent))]
}

describe('descriptions', () => {
  const kinds = ['Rollout', 'AnalysisTemplate', 'ClusterAnalysisTemplate', 'AnalysisRun', 'Experiment'] as const
  it.each(kinds)('every field of a %s that people write has one', (kind) => {
    expect(undescribed(jsonSchemaOf(kind) as Described).filter((field) => !plain.test(field))).toEqual([])
  })

  it('every field of a Simulation has one', () => {
    expect(undescribed(simulationSchema() as Described).filter((field) => !plain.test(field))).toEqual([])
  })

  it('are those of the place: a delay of a blue-green strategy is not that of a canary', () => {
    const { blueGreen, canary } = at(jsonSchemaOf('Rollout'), 'spec.strategy').properties as Record<string, Node>
    const of = (node: Node | undefined) => (at(node, 'scaleDownDelaySeconds') as Described).description
    expect(of(canary)).toContain('traffic routing')
    expect(of(blueGreen)).not.toContain('traffic routing')
    expect(at(jsonSchemaOf('Rollout'), 'status.canary')).not.toHaveProperty('description')
  })
})

describe('the schema of any manifest', () => {
  const { allOf } = manifestSchema() as unknown as {
    allOf: readonly {
      if: { properties: Record<'apiVersion' | 'kind', { pattern: string; const: string }> }
      then: Node
    }[]
  }
  const schemasFor = (apiVersion: string, kind: string) =>
    allOf.filter(({ if: { properties } }) => {
      return properties.kind.const === kind && new RegExp(properties.apiVersion.pattern).test(apiVersion)
    })

  it.each([
    ['argoproj.io/v1alpha1', 'Rollout', 1],
    ['apps/v1', 'Deployment', 1],
    ['v1', 'Service', 1],
    ['serving.knative.dev/v1', 'Service', 0],
    ['argoprojxio/v1alpha1', 'Rollout', 0],
  ])('%s %s has %i', (apiVersion, kind, count) => {
    expect(schemasFor(apiVersion, kind)).toHaveLength(count)
  })
})
