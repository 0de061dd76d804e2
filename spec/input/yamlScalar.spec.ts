import { describe, expect, it } from 'vitest'
import { parseDocuments } from '../../src/input'

const read = (text: string) => parseDocuments(text).documents[0]?.value
const codes = (text: string) => parseDocuments(text).issues.map(({ code }) => code)

// As sigs.k8s.io/yaml on go-yaml v2.4 reads them, which is what kubectl and the API server use.
describe('a scalar is read as Kubernetes reads it', () => {
  it.each([
    ['[y, Y, yes, Yes, YES, on, On, ON, true, True, TRUE]', Array(11).fill(true)],
    ['[n, N, no, No, NO, off, Off, OFF, false, False, FALSE]', Array(11).fill(false)],
    ['[yEs, tRUE, oN, nope, yesterday]', ['yEs', 'tRUE', 'oN', 'nope', 'yesterday']],
    ['["yes", \'on\', "true", "1", "~", ""]', ['yes', 'on', 'true', '1', '~', '']],
    ['[~, null, Null, NULL, nUll]', [null, null, null, null, 'nUll']],
    [
      '[1, +1, -1, 0, -0, 1_000, 0x1F, -0x1f, 0b11, 0o17, 017, 08, 0_7]',
      [1, 1, -1, 0, 0, 1000, 31, -31, 3, 15, 15, 8, 7],
    ],
    ['[1.5, -.5, +.5, 1., 1e3, 1E-2, .5e1, 1_0.5]', [1.5, -0.5, 0.5, 1, 1000, 0.01, 5, 10.5]],
    [
      '[1:30, 1.2.3, 10m, 32Mi, 0x, 1e, "-", +, ., 1-1]',
      ['1:30', '1.2.3', '10m', '32Mi', '0x', '1e', '-', '+', '.', '1-1'],
    ],
    ['[2030-01-31, 2030-01-31T12:00:00Z]', ['2030-01-31', '2030-01-31T12:00:00Z']],
    ['[!!str 1, !!str yes, !!int 3, !!float 3, !!bool on, !!null ~, ! 5]', ['1', 'yes', 3, 3, true, null, '5']],
    ['[!!binary aGk=, !!binary w6k=]', ['hi', 'é']],
    ['[{1: a, 1.5: b, true: c, 0x10: d}]', [{ 1: 'a', 1.5: 'b', true: 'c', 16: 'd' }]],
    ['a: |\n  1\n  yes\n', { a: '1\nyes\n' }],
    ['a: one\n  two\n', { a: 'one two' }],
    ['{? a, ? b}', { a: null, b: null }],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected)
    expect(codes(text)).toEqual([])
  })

  it.each([
    ['a: 9007199254740992', 'unsafe-number'],
    ['a: -9223372036854775808', 'unsafe-number'],
    ['a: 0xffffffffffffffff', 'unsafe-number'],
    ['a: 1e999', 'unsafe-number'],
    ['a: .inf', 'unsafe-number'],
    ['a: -.Inf', 'unsafe-number'],
    ['a: .nan', 'unsafe-number'],
    ['{"a": 12345678901234567890}', 'unsafe-number'],
    ['[1, -1e400]', 'unsafe-number'],
    ['a: !!int x', 'wrong-tag'],
    ['a: !!binary eHg', 'wrong-tag'],
    ['a: !Ref x', 'unknown-tag'],
    ['a: !Sub [x]', 'unknown-tag'],
    ['on: push', 'boolean-key'],
    ['~: x', 'wrong-key'],
    [': x', 'wrong-key'],
  ])('%s: %s', (text, code) => {
    expect(codes(text)).toEqual([code])
  })

  it('keeps the largest numbers that can be held', () => {
    expect(read('[9007199254740991, -9007199254740991, 1e300, 0.1]')).toEqual([
      9007199254740991, -9007199254740991, 1e300, 0.1,
    ])
  })

  it('says so where a word without quotes becomes a boolean and text is needed', () => {
    expect(parseDocuments('yes: 1').issues[0]?.message).toBe(
      'the key yes is read as true, as Kubernetes does: put it in quotes if "yes" is meant',
    )
  })
})
