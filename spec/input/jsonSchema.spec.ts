import { describe, expect, it } from 'vitest'
import { jsonSchemaOf, modelKinds } from '../../src/input'

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
