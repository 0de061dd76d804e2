import { describe, expect, it } from 'vitest'
import { stepHash, stepJson } from '../../../src/kube/hash/stepHash'
import { fc } from '../../properties/fc'

describe('the step hash', () => {
  it('is that of null where there are no steps', () => {
    for (const steps of [undefined, null, [], {}, 'steps']) expect(stepJson(steps)).toBe('null')
    expect(stepHash([])).toBe('5ffbfbbd64')
  })

  it('tells an empty pause from a missing one, and a number from a text', () => {
    expect(stepJson([{ pause: {} }, { pause: null }])).toBe('[{"pause":{}},{}]')
    expect(stepHash([{ pause: { duration: 10 } }])).not.toBe(stepHash([{ pause: { duration: '10' } }]))
  })

  it('prints fields in the order of the types, not of the manifest', () => {
    expect(stepJson([{ pause: {}, setWeight: 5, unknown: 1 }])).toBe('[{"setWeight":5,"pause":{}}]')
  })

  it("prints a plugin's configuration with sorted keys", () => {
    const config = { b: [1.5, 1e21, 1e-7, -0, 2 ** 60], a: null, '\uff5e': '<', '\ud83d\ude00': '\ud800' }
    expect(stepJson([{ plugin: { name: 'p', config } }])).toBe(
      '[{"plugin":{"name":"p","config":{"a":null,"b":[1.5,1e+21,1e-7,0,1152921504606846976],"\uff5e":"\\u003c","\ud83d\ude00":"\ufffd"}}}]',
    )
  })

  it('takes a configuration of any depth', () => {
    const config = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)
    expect(stepHash([{ plugin: { name: 'p', config } }])).toMatch(/^\w+$/)
  })

  it('never throws and does not depend on a way through JSON', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.jsonValue(), fc.record({ plugin: fc.record({ config: fc.jsonValue() }) }))),
        (steps) => {
          expect(stepHash(JSON.parse(JSON.stringify(steps)))).toBe(stepHash(steps))
        },
      ),
      { verbose: 1, numRuns: 500 },
    )
  })
})
