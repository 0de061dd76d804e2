import * as z from 'zod/mini'
import type { JsonObject } from '../model/json'
import { isModelKind, kindReaders, type ModelKind } from './kinds'

/**
 * The JSON Schema (draft 2020-12) of a kind, made from the schema that reads it, for editors and other languages. It is
 * a new object each time. The readers take a little more: null for an absent optional field, and unknown fields with a
 * warning. A kind that nobody knows has the schema that refuses everything, `{ not: {} }`.
 *
 * @example
 * import { jsonSchemaOf } from 'rollout-engine/input'
 * jsonSchemaOf('Rollout').title // => 'Rollout'
 */
export function jsonSchemaOf(kind: ModelKind): JsonObject {
  if (typeof kind !== 'string' || !isModelKind(kind)) return { not: {} }
  const { apiVersion, groups, schema } = kindReaders[kind]
  const made = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' }) as unknown as {
    readonly $schema: string
    readonly properties: JsonObject
    readonly required?: readonly string[]
  }
  return {
    ...made,
    title: kind,
    properties: {
      ...made.properties,
      apiVersion: groups.length === 1 ? { const: apiVersion } : { type: 'string' },
      kind: { const: kind },
    },
    required: ['apiVersion', 'kind', ...(made.required ?? [])],
  }
}
