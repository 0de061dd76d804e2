import type { Template } from './ast'
import { execute } from './execute'
import { attempt } from './failure'
import { functions } from './functions'
import { parseTemplate } from './parse'
import type { Fields } from './values'

/** A template that was read, or why not. */
export type ReadTemplate =
  | { readonly template: Template }
  | { readonly problem: string; readonly code: 'template' | 'unsupported' }

/** Reads a template of Go's text/template. */
export function readTemplate(text: string): ReadTemplate {
  const read = attempt(() => parseTemplate(text, functions.knows))
  if ('value' in read) return { template: read.value }
  return { problem: read.failure.message, code: read.failure.code }
}

/** What a template prints about `data`, or why it fails. */
export function runTemplate(
  template: Template,
  data: Fields,
): { readonly text: string } | { readonly problem: string; readonly code: 'template' | 'unsupported' } {
  const run = attempt(() => execute(template, data, functions))
  if ('value' in run) return { text: run.value }
  return { problem: run.failure.message, code: run.failure.code }
}
