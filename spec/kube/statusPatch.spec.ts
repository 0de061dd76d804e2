import { expect, test } from 'vitest'
import { applyMergePatch } from '../../src/kube/mergePatch'
import { type StatusPatchOperation, statusPatch } from '../../src/kube/statusPatch'
import { sameJson } from '../../src/model/sameJson'
import { fc } from '../properties/fc'

type Fields = Record<string, unknown>

/** RFC 6902 as far as status patches use it; undefined where a test fails or a path is missing. */
function afterJsonPatch(object: Fields, operations: readonly StatusPatchOperation[]): Fields | undefined {
  const copy = structuredClone(object)
  for (const operation of operations) {
    const keys = operation.path
      .slice(1)
      .split('/')
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    const last = keys.pop() as string
    let holder: Fields | undefined = copy
    for (const key of keys) holder = Object.hasOwn(holder ?? {}, key) ? (holder?.[key] as Fields) : undefined
    if (holder === undefined) return undefined
    if (operation.op !== 'add' && !Object.hasOwn(holder, last)) return undefined
    if (operation.op === 'test' && !sameJson(holder[last], operation.value)) return undefined
    if (operation.op === 'remove') delete holder[last]
    else if (operation.op !== 'test') holder[last] = operation.value
  }
  return copy
}

const leaf = fc.oneof(fc.integer(), fc.string({ maxLength: 3 }), fc.boolean())
const key = fc.constantFrom('phase', 'canary', 'a/b', 'a~b', 'abort', 'list')
const value = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('any'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(key, tie('any'), { maxKeys: 4 }),
})).object as fc.Arbitrary<Fields>

test('both forms lead from any status to any other, and say nothing where nothing changes', () => {
  fc.assert(
    fc.property(fc.option(value, { nil: undefined }), value, (before, after) => {
      const object: Fields = before === undefined ? { kind: 'Rollout' } : { kind: 'Rollout', status: before }
      const { mergePatch, jsonPatch } = statusPatch(before, after)
      expect(applyMergePatch(object, mergePatch)).toEqual({ kind: 'Rollout', status: after })
      expect(afterJsonPatch(object, jsonPatch)).toEqual({ kind: 'Rollout', status: after })
      const again = statusPatch(after, structuredClone(after))
      expect(again).toEqual({ mergePatch: {}, jsonPatch: [] })
    }),
    { seed: 7, numRuns: 2000 },
  )
})

test('nulls of the observed status go, wherever they stand, and then nothing changes any more', () => {
  const withNulls = fc.letrec((tie) => ({
    any: fc.oneof({ maxDepth: 3 }, leaf, fc.constant(null), tie('object')),
    object: fc.dictionary(key, tie('any'), { maxKeys: 4 }),
  })).object as fc.Arbitrary<Fields>
  fc.assert(
    fc.property(withNulls, value, (before, after) => {
      const { mergePatch, jsonPatch } = statusPatch(before, after)
      expect(applyMergePatch({ status: before }, mergePatch)).toEqual({ status: after })
      expect(afterJsonPatch({ status: before }, jsonPatch)).toEqual({ status: after })
    }),
    { seed: 7, numRuns: 2000 },
  )
  expect(statusPatch({ phase: 'Healthy', abort: null }, { phase: 'Healthy', abort: null }).mergePatch).toEqual({
    status: { abort: null },
  })
})

test('the JSON patch is refused where somebody else wrote the status in between', () => {
  const { jsonPatch } = statusPatch({ phase: 'Paused' }, { phase: 'Healthy' })
  expect(afterJsonPatch({ status: { phase: 'Paused', abort: true } }, jsonPatch)).toBeUndefined()
})

test('a pause that is over goes', () => {
  const before = {
    pauseConditions: [{ reason: 'CanaryPauseStep', startTime: '2030-01-01T00:00:00Z' }],
    controllerPause: true,
  }
  expect(statusPatch(before, { currentStepIndex: 2 }).mergePatch).toEqual({
    status: { currentStepIndex: 2, pauseConditions: null, controllerPause: null },
  })
})

test('null counts as absent in what comes, and goes where it was', () => {
  expect(statusPatch({ message: null }, {}).mergePatch).toEqual({ status: { message: null } })
  expect(statusPatch({ message: 'm' }, { message: null }).mergePatch).toEqual({ status: { message: null } })
  expect(statusPatch({ list: [{ a: 1 }] }, { list: [{ a: 1, b: null }] })).toEqual({ mergePatch: {}, jsonPatch: [] })
})
