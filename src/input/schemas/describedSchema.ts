import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../../model/json'

type Descriptions = Readonly<Record<string, string>>

/** Kubernetes' own, and what nobody writes: the names in there mean something else. */
const isOfOthers = (name: string, parent: string): boolean =>
  name === 'metadata' ||
  name === 'job' ||
  (name === 'status' && parent === '') ||
  (name === 'spec' && parent === 'template')

/** Keywords that hold schemas of the same value. */
const alternatives: readonly string[] = ['anyOf', 'oneOf', 'allOf']

/**
 * A schema in which fields say what they mean. The description of `parent.field` comes before that of `field`. List
 * items and values of maps count as their list or map.
 */
export function describedSchema(schema: JsonObject, descriptions: Descriptions, parent = ''): JsonObject {
  const { properties, items, additionalProperties } = schema
  const inner = (value: JsonValue | undefined): JsonValue | undefined =>
    isJsonObject(value) ? describedSchema(value, descriptions, parent) : value
  return {
    ...schema,
    ...(isJsonObject(properties) && { properties: describedFields(properties, descriptions, parent) }),
    ...(isJsonObject(items) && { items: inner(items) }),
    ...(isJsonObject(additionalProperties) && { additionalProperties: inner(additionalProperties) }),
    ...Object.fromEntries(alternatives.flatMap((name) => alternativesOf(schema[name], name, inner))),
  }
}

function alternativesOf(
  value: JsonValue | undefined,
  name: string,
  inner: (value: JsonValue | undefined) => JsonValue | undefined,
): readonly (readonly [string, JsonValue])[] {
  return Array.isArray(value) ? [[name, value.map((item: JsonValue) => inner(item) ?? null)]] : []
}

function describedFields(properties: JsonObject, descriptions: Descriptions, parent: string): JsonObject {
  const described = Object.entries(properties).map(([name, field]) => {
    if (!isJsonObject(field) || isOfOthers(name, parent)) return [name, field]
    const description = ownValue(descriptions, `${parent}.${name}`) ?? ownValue(descriptions, name)
    return [name, { ...(description !== undefined && { description }), ...describedSchema(field, descriptions, name) }]
  })
  return Object.fromEntries(described)
}
