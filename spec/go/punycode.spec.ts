import { domainToASCII } from 'node:url'
import { expect, test } from 'vitest'
import { evaluateExpression } from '../../src/expr/condition'
import { asciiHost } from '../../src/go/url/punycode'
import { wireHeaders } from '../../src/metrics/http/headers'
import { contextOf, ok, requests, tell } from '../metrics/support'

test.for([
  'münchen.example',
  '例え.テスト',
  'BÜCHER.example',
  'faß.de',
  'правда.рф',
  '😀.la',
  '中国。cn',
  'ａｂｃ.com',
  'a.例え',
])('the host %s is written in ASCII as everybody writes it', (host) => {
  expect(asciiHost(host)).toBe(domainToASCII(host))
})

test('a plain host stays as it is, and a request goes to the one in punycode', () => {
  expect(asciiHost('Shop.Example:8080')).toBe('Shop.Example:8080')
  const story = tell(contextOf({ web: { url: 'http://münchen.example:8080/a' } }), [ok('1')])
  expect(requests(story)[0]?.url).toBe('http://xn--mnchen-3ya.example:8080/a')
})

// Source: net/http, Request.write: a User-Agent that is set to nothing is not sent.
test('a User-Agent replaces the default one, an empty one is none', () => {
  expect(wireHeaders({ 'User-Agent': 'shop/1' })).toEqual({ 'user-agent': 'shop/1' })
  expect(wireHeaders({ 'User-Agent': '', 'X-Empty': '' })).toEqual({ 'x-empty': '' })
})

// Source: expr-lang 1.17.8 beside ours, as the Go compiler lays out types.
test('keys of several types are printed in the order of their types', () => {
  const text = 'string(groupBy([true, 2, "b", 1.5, nil, false, "a", 1], #))'
  expect(evaluateExpression(text, null)).toMatchObject({
    value: 'map[<nil>:[<nil>] a:[a] b:[b] 1:[1] 2:[2] 1.5:[1.5] false:[false] true:[true]]',
  })
})
