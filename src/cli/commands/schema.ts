import { jsonSchemaOf, manifestSchema } from '../../input/jsonSchema'
import { modelKinds } from '../../input/kinds'
import { simulationSchema } from '../../input/readSimulations'
import type { JsonObject } from '../../model/json'
import type { ModelKind } from '../../model/kinds'
import type { Command } from '../commandLine/command'
import { hintFor } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { exitCodes } from '../exitCodes'
import { printData } from '../output'

const ofKind =
  (kind: ModelKind): (() => JsonObject) =>
  () =>
    jsonSchemaOf(kind)

/** Every schema by the word that asks for it. */
const schemas: Readonly<Record<string, () => JsonObject>> = {
  ...Object.fromEntries(modelKinds.map((kind) => [kind, ofKind(kind)])),
  Simulation: simulationSchema,
  manifest: manifestSchema,
}

const known = Object.keys(schemas)

/** `rollout-engine schema Rollout`: a JSON Schema, for editors that complete and check manifests. */
export const schemaCommand: Command = defineCommand<{ kind?: string }>({
  name: 'schema',
  summary: 'JSON Schemas of the manifests, for editors',
  title: 'JSON Schemas of the manifests, for editors',
  about: [
    'Prints the JSON Schema of a kind, or with "manifest" one for files that hold several kinds.',
    'An editor with a YAML language server completes and checks a file that begins with',
    '# yaml-language-server: $schema=rollout.schema.json',
  ],
  operands: {
    shown: 'KIND',
    completion: known,
    set: (given, word) => {
      if (given.kind !== undefined) return 'name one kind'
      given.kind = word
      return Object.hasOwn(schemas, word)
        ? undefined
        : `unknown kind "${word}"${hintFor(word, known) || `: there is ${known.join(', ')}`}`
    },
  },
  options: [],
  examples: ['schema Rollout > rollout.schema.json', 'schema manifest > manifest.schema.json', 'schema Simulation'],
  exitCodes: [
    [exitCodes.done, 'printed'],
    [exitCodes.usage, 'the command line is wrong'],
  ],
  initial: () => ({}),
  check: ({ kind }) => (kind === undefined ? `name a kind: ${known.join(', ')}` : undefined),
  run: ({ kind = 'manifest' }) => {
    printData(JSON.stringify(schemas[kind]?.() ?? {}, undefined, 2))
    return exitCodes.done
  },
})
