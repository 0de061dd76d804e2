import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import protobuf from 'protobufjs'

// Envoy's API v3 as published: the .proto files that come with @grpc/grpc-js-xds, read by protobufjs, and the rules of
// protoc-gen-validate that are written in them.

const modules = join(dirname(fileURLToPath(import.meta.url)), '../../node_modules')
const folders = [
  ...['envoy-api', 'xds', 'googleapis', 'protoc-gen-validate'].map((name) => join('@grpc/grpc-js-xds/deps', name)),
  'protobufjs',
]

export async function envoyDefinitions(): Promise<protobuf.Root> {
  const root = new protobuf.Root()
  root.resolvePath = (_importer, path) => {
    if (existsSync(path)) return path
    return folders.map((folder) => join(modules, folder, path)).find((file) => existsSync(file)) ?? path
  }
  return root.load('envoy/config/route/v3/route.proto')
}

/** Why Envoy's reader would refuse a JSON message; empty where it would not. */
export function problemsOf(type: protobuf.Type, message: unknown, path = type.name): string[] {
  if (!isFields(message)) return [`${path}: is no message`]
  const problems: string[] = []
  for (const [name, value] of Object.entries(message)) {
    const field = type.fields[name]
    if (!field) problems.push(`${path}.${name}: is not a field of ${type.fullName}`)
    else problems.push(...fieldProblems(field.resolve(), value, `${path}.${name}`))
  }
  for (const field of type.fieldsArray) {
    if (message[field.name] === undefined) problems.push(...ruleProblems(field, undefined, `${path}.${field.name}`))
  }
  for (const { name, oneof, parsedOptions } of type.oneofsArray) {
    const given = oneof.filter((one) => message[one] !== undefined)
    const required = JSON.stringify(parsedOptions ?? []).includes('"(validate.required)":true')
    if (given.length > 1 || (required && given.length === 0)) problems.push(`${path}: needs one ${name}: ${given}`)
  }
  return problems
}

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function fieldProblems(field: protobuf.Field, value: unknown, path: string): string[] {
  if (!field.repeated) return [...valueProblems(field, value, path), ...ruleProblems(field, value, path)]
  if (!Array.isArray(value)) return [`${path}: is no list`]
  const items = value.flatMap((one, at) => valueProblems(field, one, `${path}[${at}]`))
  return [...items, ...ruleProblems(field, value, path)]
}

function valueProblems(field: protobuf.Field, value: unknown, path: string): string[] {
  // Wrappers are plain values in JSON.
  if (field.type === 'google.protobuf.UInt32Value' || field.type === 'uint32') {
    return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xffff_ffff
      ? []
      : [`${path}: is no uint32`]
  }
  if (field.type === 'string') return typeof value === 'string' ? [] : [`${path}: is no string`]
  if (field.resolvedType instanceof protobuf.Type) return problemsOf(field.resolvedType, value, path)
  return [`${path}: this check knows no ${field.type}`]
}

interface Rules {
  readonly string?: { readonly min_len?: number; readonly well_known_regex?: string; readonly strict?: boolean }
  readonly repeated?: { readonly min_items?: number; readonly items?: Rules }
  readonly message?: { readonly required?: boolean }
}

function rulesOf({ parsedOptions }: protobuf.Field): Rules {
  const options = (parsedOptions ?? []) as readonly Fields[]
  return Object.assign({}, ...options.map((one) => one['(validate.rules)'] ?? {})) as Rules
}

/** What no header may have, also where the rule is not strict. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that the rule is about
const endsALine = /[\u0000\n\r]/

function ruleProblems(field: protobuf.Field, value: unknown, path: string): string[] {
  const { string, repeated, message } = rulesOf(field)
  // Rules of a oneof's members bind the one that is given.
  if (value === undefined && field.partOf) return []
  const problems: string[] = []
  if (message?.required && value === undefined) problems.push(`${path}: is required`)
  if (repeated?.min_items && ((value as unknown[] | undefined)?.length ?? 0) < repeated.min_items) {
    problems.push(`${path}: needs ${repeated.min_items} items`)
  }
  const items: unknown[] = Array.isArray(value) ? value : []
  const texts = items.map((text) => ({ text, rule: repeated?.items?.string }))
  for (const { text, rule } of [...texts, { text: value ?? '', rule: string }]) {
    if (!rule || typeof text !== 'string') continue
    if (text.length < (rule.min_len ?? 0)) problems.push(`${path}: is shorter than ${rule.min_len}`)
    if (rule.well_known_regex && endsALine.test(text)) problems.push(`${path}: ends a line`)
  }
  return problems
}
