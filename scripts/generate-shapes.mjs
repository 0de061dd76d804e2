#!/usr/bin/env node
// Makes src/kube/types/*.generated.ts from the field-order tables in spec/conformance/vectors/*-shape.json.
// node scripts/generate-shapes.mjs           writes the files
// node scripts/generate-shapes.mjs --check   exits with 1 where a file is not up to date
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const leafKinds = new Set(['string', 'bool', 'int32', 'int64', 'quantity', 'intOrString', 'time', 'fieldsV1', 'rawJSON'])

/** Go-like notation: `*Probe`, `[]string`, `map[]quantity`; a struct goes by its type's name. */
function kindText(kind) {
  if (kind.kind === 'struct') return kind.type
  if (kind.kind === 'pointer') return `*${kindText(kind.elem)}`
  if (kind.kind === 'slice') return `[]${kindText(kind.elem)}`
  if (kind.kind === 'map') return `map[]${kindText(kind.elem)}`
  if (!leafKinds.has(kind.kind)) throw new Error(`unknown kind ${kind.kind}: teach it to src/kube/types/printShape.ts first`)
  return kind.kind
}

/** `?` stands for omitempty, `!` for omitzero. */
const fieldText = (field) => `${field.name}${field.omitempty ? '?' : ''}${field.omitzero ? '!' : ''}:${kindText(field)}`

const typeLines = (types, indent) =>
  Object.entries(types).map(([name, fields]) => `${indent}${name}: '${fields.map(fieldText).join(' ')}',`)

function render(source, constant) {
  const shape = JSON.parse(readFileSync(new URL(`../spec/conformance/vectors/${source}`, import.meta.url), 'utf8'))
  const lines = [
    `// Made by scripts/generate-shapes.mjs from spec/conformance/vectors/${source}. Do not edit.`,
    "import type { Shape } from './shape'",
    '',
    `/** How Go prints the types reachable from ${shape.root}: the fields in order, in the notation of shape.ts. */`,
    `export const ${constant}: Shape = {`,
    `  root: '${shape.root}',`,
    '  types: {',
    ...typeLines(shape.types, '    '),
    '  },',
    '}',
  ]
  if (shape.before034) {
    lines.push(
      '',
      '/** The same with Kubernetes libraries before 0.34. */',
      `export const ${constant}Before034: Shape = {`,
      `  root: '${shape.root}',`,
      '  types: {',
      `    ...${constant}.types,`,
      ...typeLines(shape.before034.types, '    '),
      '  },',
      '}',
    )
  }
  return `${lines.join('\n')}\n`
}

const outputs = [
  ['podTemplateShape.generated.ts', render('pod-template-shape.json', 'podTemplateShape')],
  ['canaryStepShape.generated.ts', render('canary-step-shape.json', 'canaryStepShape')],
]
const check = process.argv.includes('--check')
for (const [name, text] of outputs) {
  const file = new URL(`../src/kube/types/${name}`, import.meta.url)
  if (!check) writeFileSync(file, text)
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`${name} is not up to date: run node scripts/generate-shapes.mjs`)
    process.exitCode = 1
  }
}
