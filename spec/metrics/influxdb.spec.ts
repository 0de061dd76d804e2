import { describe, expect, it } from 'vitest'
import type { HttpAnswer } from '../../src/metrics/exchange/ask'
import { contextOf, ok, requests, secret, tell } from './support'

const context = () => contextOf({ influxdb: { query: 'from(bucket: "a")', profile: 'team' } })
const keys = secret({ address: 'https://influx.example/base', authToken: 'influx-token', org: 'my org' })
const csv = (...lines: string[]): HttpAnswer => ok(lines.map((line) => `${line}\r\n`).join(''))
const table = (type: string, ...values: string[]): string[] => [
  `#datatype,string,long,${type}`,
  '#group,false,false,false',
  '#default,_result,,',
  ',result,table,_value',
  ...values.map((value) => `,,0,${value}`),
]

describe('influxdb', () => {
  it('posts the Flux query with the token of the profile', () => {
    const influx = context()
    const story = tell(influx, [keys, csv(...table('double', '0.5', 'NaN'))])
    expect(story.asks[0]).toEqual({ kind: 'secret', namespace: 'argo-rollouts', name: 'team' })
    const [request] = requests(story)
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://influx.example/base/api/v2/query?org=my+org',
      headers: { authorization: 'Token influx-token' },
      timeoutSeconds: 20,
    })
    expect(JSON.parse(request?.body ?? '')).toMatchObject({ query: 'from(bucket: "a")', type: 'flux' })
    expect(influx.judged).toEqual([{ resultType: 'tagged', result: [{ $float: '0.5' }, { $float: 'NaN' }] }])
    expect(story.outcome.measurement?.value).toBe('[0.5 NaN]')
  })

  it.each([
    ['string', 'a b', 'a b', 'a b'],
    ['long', '-5', { $int64: '-5' }, '-5'],
    ['unsignedLong', '18446744073709551615', { $uint64: '18446744073709551615' }, '18446744073709551615'],
    ['boolean', 'FALSE', false, 'false'],
    ['boolean', 'anything', true, 'true'],
    ['duration', '90m', { $duration: '1h30m0s' }, '1h30m0s'],
    ['dateTime:RFC3339', '2030-01-01T00:00:00Z', { $time: '2030-01-01T00:00:00Z' }, '2030-01-01 00:00:00 +0000 UTC'],
    ['base64Binary', 'aGk=', { $bytes: 'aGk=' }, '[104 105]'],
    ['double', '', null, '<nil>'],
  ])('reads a %s', (type, text, tagged, shown) => {
    const influx = context()
    const { measurement } = tell(influx, [keys, csv(...table(type, text))]).outcome
    expect(influx.judged).toEqual([{ resultType: 'tagged', result: [tagged] }])
    expect(measurement?.value).toBe(`[${shown}]`)
  })

  it('collects the values of all tables, quoted ones too', () => {
    const influx = context()
    tell(influx, [keys, csv(...table('string', '"a,""b"""'), '', ...table('double', '2'))])
    expect(influx.judged[0]?.result).toEqual(['a,"b"', { $float: '2' }])
  })

  it('keeps what came before an error', () => {
    const influx = context()
    tell(influx, [keys, csv(...table('double', '1', 'one', '2'))])
    expect(influx.judged[0]?.result).toEqual([{ $float: '1' }])
    const empty = tell(context(), [keys, csv('#datatype,string,string', ',error,reference', ',failed,897')])
    expect(empty.outcome.measurement?.message).toBe('no results returned from flux query')
  })

  it('shows the words of the server', () => {
    const refused: HttpAnswer = {
      kind: 'http',
      status: 400,
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: '{"code":"invalid","message":"compilation failed"}',
    }
    expect(tell(context(), [keys, refused]).outcome.measurement?.message).toBe('invalid: compilation failed')
    expect(tell(context(), [keys, ok('plain', 500)]).outcome.measurement?.message).toBe(
      '500 Internal Server Error: plain',
    )
  })

  it('has no provider without token, organisation and address', () => {
    expect(tell(context(), [secret({ address: 'http://x', org: 'y' })]).outcome.error).toBe(
      'authToken, org, or address not found',
    )
  })
})
