import { applyMergePatch } from '../../../src/kube/mergePatch'
import { firstDifferences, prune } from '../compare'
import { type Printed, runPlugin } from '../plugin/pluginCommand'
import { serverWith } from '../plugin/server'
import { readWords, type Words } from '../plugin/words'
import type { ConformanceCase, Unit } from '../types'

/** Texts of Go's argument reader and of its parsers: only that there is an error. */
const onlyExitCode: ReadonlySet<string> = new Set([
  'parser-error',
  'missing-file',
  'dir',
  'bad-flag-value',
  'unknown-flag',
  'top-level',
  'bad-args',
  'wrong-type',
  'flag-needs-value',
])

const deprecated: Readonly<Record<string, string>> = {
  'skip-current-step':
    'Flag --skip-current-step has been deprecated, use without the flag instead ex: promote ROLLOUT_NAME\n',
  'skip-all-steps': 'Flag --skip-all-steps has been deprecated, use --full instead\n',
}

/** `kubectl argo rollouts`: what is asked of the API server in order, what is printed, and how it ends. */
export function judge({ given, expect, tags }: ConformanceCase): readonly Unit[] {
  const words = readWords(given.args)
  const server = serverWith(given.objects ?? {}, given.server ?? {})
  const printed: Printed =
    'unreadable' in words
      ? { stdout: '', error: 'the words are refused' }
      : runPlugin({ words, server, files: given.files ?? {}, now: given.now })
  const exitCode = printed.error === undefined ? 0 : 1
  // Where upstream ends in a panic, a refusal with a reason is wanted.
  const expectedCode = expect.panic === undefined ? expect.exitCode : 1
  const isTextual = !expect.usage && expect.panic === undefined && !tags.some((tag) => onlyExitCode.has(tag))
  const differences = [
    ...firstDifferences(expectedCode, exitCode, 'exitCode'),
    ...(isTextual
      ? firstDifferences(
          { stdout: expect.stdout, stderr: expect.stderr },
          { stdout: printed.stdout, stderr: stderrOf(printed, words) },
        )
      : []),
    ...firstDifferences(
      (expect.patches ?? []).map(({ client: _, ...one }: Record<string, unknown>) => comparable(one)),
      server.asked.map((one) => comparable({ ...one })),
      'patches',
    ),
    ...firstDifferences(
      prune(withoutGenerations(applyMergePatch(given.objects ?? {}, expect.objects ?? {}))),
      prune(withoutGenerations(withoutCreated(server.objects(), given.objects ?? {}))),
      'objects',
    ),
  ]
  return [{ name: given.args.join(' '), differences, inputs: given }]
}

function stderrOf({ error }: Printed, words: Words | { readonly unreadable: true }): string {
  const notes = 'said' in words ? words.said.map((option) => deprecated[option] ?? '').join('') : ''
  return error === undefined ? notes : `${notes}Error: ${error}\n`
}

/** An object is pruned, a patch is not: there a null decides. */
function comparable({ object, ...asked }: Record<string, unknown>): unknown {
  return object === undefined ? asked : { ...asked, object: withoutServers(prune(object)) }
}

function withoutServers(object: unknown): unknown {
  const { metadata, ...rest } = object as { readonly metadata?: Record<string, unknown> }
  const { resourceVersion: _r, generation: _g, managedFields: _m, ...kept } = metadata ?? {}
  return { ...rest, metadata: kept }
}

const withoutGenerations = (objects: unknown): unknown =>
  Object.fromEntries(Object.entries(objects as object).map(([key, object]) => [key, withoutServers(object)]))

/** What the command created is told by its request. */
const withoutCreated = (after: object, before: object): object =>
  Object.fromEntries(Object.entries(after).filter(([key]) => Object.hasOwn(before, key)))
