import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { canaryStepShape } from '../../../src/kube/types/canaryStepShape.generated'
import { podTemplateShape, podTemplateShapeBefore034 } from '../../../src/kube/types/podTemplateShape.generated'
import { fieldsOf, type Kind, type Shape } from '../../../src/kube/types/shape'

function typeOf(kind: Kind): string | undefined {
  if (kind.of === 'struct') return kind.type
  return kind.of === 'leaf' ? undefined : typeOf(kind.elem)
}

/** The longest way down, or a throw where a type contains itself: then printing could recurse without bound. */
function depthOf(shape: Shape, type: string, above: readonly string[] = []): number {
  if (above.includes(type)) throw new Error(`${[...above, type].join(' > ')}`)
  const below = fieldsOf(shape, type).flatMap((field) => typeOf(field.kind) ?? [])
  return 1 + Math.max(0, ...below.map((next) => depthOf(shape, next, [...above, type])))
}

describe('the generated shapes', () => {
  it('are up to date', () => {
    const script = fileURLToPath(new URL('../../../scripts/generate-shapes.mjs', import.meta.url))
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(status).toBe(0)
  })

  it('have all their types and no type inside itself', () => {
    for (const shape of [podTemplateShape, podTemplateShapeBefore034, canaryStepShape]) {
      expect(depthOf(shape, shape.root)).toBeGreaterThan(2)
    }
  })

  it('read as written', () => {
    expect(fieldsOf({ root: 'A', types: { A: 'a?:*string b:[]A c?!:time d?:map[]quantity' } }, 'A')).toEqual([
      { name: 'a', kind: { of: 'pointer', elem: { of: 'leaf', leaf: 'string' } }, omitEmpty: true, omitZero: false },
      { name: 'b', kind: { of: 'slice', elem: { of: 'struct', type: 'A' } }, omitEmpty: false, omitZero: false },
      { name: 'c', kind: { of: 'leaf', leaf: 'time' }, omitEmpty: true, omitZero: true },
      { name: 'd', kind: { of: 'map', elem: { of: 'leaf', leaf: 'quantity' } }, omitEmpty: true, omitZero: false },
    ])
    expect(() => fieldsOf(podTemplateShape, 'Nothing')).toThrow('no type Nothing')
  })
})
