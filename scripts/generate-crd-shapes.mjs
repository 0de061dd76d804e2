#!/usr/bin/env node
// Makes src/input/crd/shapes.generated.ts from custom resource definitions: the fields of every kind, which ones are
// required, and what an API server fills in.
// node scripts/generate-crd-shapes.mjs FOLDER   FOLDER holds manifests/crds/*-crd.yaml of argo-rollouts
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const folder = process.argv[2]
if (!folder) throw new Error('usage: node scripts/generate-crd-shapes.mjs FOLDER')

/** What a type is called -> its fields; types that look the same are one. */
const types = new Map()
const nameOfFields = new Map()

const capital = (text) => text.replace(/^./, (letter) => letter.toUpperCase()).replace(/[^A-Za-z0-9]/g, '')

function typeName(fields, hint) {
  const known = nameOfFields.get(fields)
  if (known) return known
  let name = capital(hint)
  for (let number = 2; types.has(name); number++) name = `${capital(hint)}${number}`
  types.set(name, fields)
  nameOfFields.set(fields, name)
  return name
}

function kindOf(schema, hint) {
  if (schema['x-kubernetes-preserve-unknown-fields'] && !schema.properties) return 'any'
  if (schema['x-kubernetes-int-or-string']) return schema.pattern ? 'quantity' : 'intOrString'
  if (schema.enum) return `enum(${schema.enum.join('|')})`
  switch (schema.type) {
    case 'string':
      return schema.format === 'date-time' ? 'time' : 'string'
    case 'boolean':
      return 'bool'
    case 'integer':
      return schema.format === 'int32' ? 'int32' : 'int64'
    case 'array':
      return `[]${kindOf(schema.items, hint.replace(/s$/, ''))}`
    case 'object':
      if (schema.additionalProperties) return `map[]${kindOf(schema.additionalProperties, hint)}`
      return schema.properties ? typeName(fieldsOf(schema), hint) : 'object'
    default:
      throw new Error(`no kind for ${JSON.stringify(schema).slice(0, 200)}`)
  }
}

/** `name!:string protocol:string=TCP`: `!` is required, `=` is followed by what is filled in. */
function fieldsOf(schema) {
  const required = new Set(schema.required ?? [])
  return Object.keys(schema.properties)
    .map((name) => {
      const field = schema.properties[name]
      const filled = field.default === undefined ? '' : `=${field.default}`
      return `${name}${required.has(name) ? '!' : ''}:${kindOf(field, name)}${filled}`
    })
    .join(' ')
}

const roots = []
for (const file of readdirSync(folder).filter((name) => name.endsWith('-crd.yaml')).sort()) {
  const { spec } = parse(readFileSync(join(folder, file), 'utf8'), { maxAliasCount: -1 })
  const schema = spec.versions[0].schema.openAPIV3Schema
  roots.push(`  ${spec.names.kind}: '${kindOf(schema.properties.spec, `${spec.names.kind}Spec`)}',`)
}

const lines = [
  '// Made by scripts/generate-crd-shapes.mjs from the custom resource definitions of argo-rollouts. Do not edit.',
  '',
  '/** Kind -> the type of its spec. */',
  'export const specTypes: Readonly<Record<string, string>> = {',
  ...roots,
  '}',
  '',
  '/** The fields of a type, in the notation of crdShape.ts. */',
  'export const crdTypes: Readonly<Record<string, string>> = {',
  ...[...types].map(([name, fields]) => `  ${name}: '${fields}',`),
  '}',
]
writeFileSync(new URL('../src/input/crd/shapes.generated.ts', import.meta.url), `${lines.join('\n')}\n`)
