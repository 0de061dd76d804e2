import * as z from 'zod/mini'
import type { JsonObject } from '../model/json'
import type { ModelKind } from '../model/kinds'
import { isModelKind, kindReaders, modelKinds } from './kinds'
import { describedSchema } from './schemas/describedSchema'
import { analysisDescriptions, experimentDescriptions } from './schemas/descriptions/analysis'
import { rolloutDescriptions } from './schemas/descriptions/rollout'

const experiment = { ...analysisDescriptions, ...experimentDescriptions }

/** What the fields of a kind mean; Kubernetes' own kinds are described by Kubernetes. */
const descriptions: Readonly<Partial<Record<ModelKind, Readonly<Record<string, string>>>>> = {
  Rollout: { ...analysisDescriptions, ...rolloutDescriptions },
  AnalysisTemplate: analysisDescriptions,
  ClusterAnalysisTemplate: analysisDescriptions,
  AnalysisRun: analysisDescriptions,
  Experiment: experiment,
}

/**
 * The JSON Schema (draft 2020-12) of a kind, made from the schema that reads it, for editors and other languages;
 * fields say what they mean. It is a new object each time. The readers take a little more: null for an absent
 * optional field, and unknown fields with a warning. A kind that nobody knows has the schema that refuses everything,
 * `{ not: {} }`.
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
  const described = {
    ...made,
    title: kind,
    properties: {
      ...made.properties,
      apiVersion: groups.length === 1 ? { const: apiVersion } : { type: 'string' },
      kind: { const: kind },
    },
    required: ['apiVersion', 'kind', ...(made.required ?? [])],
  }
  return describedSchema(described, descriptions[kind] ?? {})
}

/**
 * The JSON Schema (draft 2020-12) of any manifest: each of `modelKinds` by its own schema, other kinds as they are. It
 * suits files that hold several kinds.
 *
 * @example
 * import { manifestSchema } from 'rollout-engine/input'
 * manifestSchema().title // => 'Manifest'
 */
export function manifestSchema(): JsonObject {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Manifest',
    type: 'object',
    allOf: modelKinds.map((kind) => {
      const { $schema: _, ...schema } = jsonSchemaOf(kind)
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema, and no function, so that nobody can await it
      return { if: isOfKind(kind), then: schema }
    }),
  }
}

/** By group, so that a Knative `Service` is not taken for one of Kubernetes. */
function isOfKind(kind: ModelKind): JsonObject {
  const starts = kindReaders[kind].groups.map((group) => (group === '' ? 'v1$' : `${group.replaceAll('.', '\\.')}/`))
  const apiVersion = { pattern: `^(${starts.join('|')})` }
  return { required: ['apiVersion', 'kind'], properties: { apiVersion, kind: { const: kind } } }
}
