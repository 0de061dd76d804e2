import { describe, expect, it } from 'vitest'
import { contextOf, missing, ok, requests, secret, tell } from './support'

const context = () => contextOf({ wavefront: { address: 'wave.example', query: 'ts(a.b)' } })
const tokens = secret({ 'wave.example': 'wave-token' })
// The stories begin at noon and the secret is there one second later.
const noonSeconds = 1893499200

describe('wavefront', () => {
  it('finds the token under the address and asks for one point at the start of the measurement', () => {
    const wave = context()
    const body = {
      timeseries: [
        {
          data: [
            [noonSeconds - 60, 1],
            [noonSeconds - 2, 0.125],
            [noonSeconds + 2, 3],
          ],
        },
      ],
    }
    const story = tell(wave, [tokens, ok(body)])
    expect(story.asks[0]).toEqual({ kind: 'secret', namespace: 'argo-rollouts', name: 'wavefront-api-tokens' })
    const [request] = requests(story)
    const url = new URL(request?.url ?? '')
    expect(url.origin + url.pathname).toBe('https://wave.example/api/v2/chart/api')
    expect(url.searchParams.get('s')).toBe(`${noonSeconds}000`)
    expect(request?.headers).toEqual({ authorization: 'Bearer wave-token', accept: 'application/json' })
    // There is no timeout at all.
    expect(request?.timeoutSeconds).toBeUndefined()
    expect(wave.judged).toEqual([{ resultType: 'float64', result: 0.125 }])
    expect(story.outcome.measurement).toMatchObject({
      // Go rounds exact ties to even.
      value: '0.12',
      metadata: { timestamps: String(noonSeconds - 2), drift: '-2' },
    })
  })

  it('lists one value for each of several series', () => {
    const wave = context()
    const body = { warnings: 'slow', timeseries: [{ data: [[noonSeconds, 1]] }, { data: [[noonSeconds + 1, 2]] }] }
    const { measurement } = tell(wave, [tokens, ok(body)]).outcome
    expect(wave.judged).toEqual([{ resultType: '[]float64', result: [1, 2] }])
    expect(measurement).toMatchObject({
      value: '[1.00,2.00]',
      metadata: { warnings: 'slow', timestamps: `[${noonSeconds},${noonSeconds + 1}]`, drift: '[0,1]' },
    })
  })

  it('knows no series, bad points and bad statuses', () => {
    const message = (answer: ReturnType<typeof ok>): string | undefined =>
      tell(context(), [tokens, answer]).outcome.measurement?.message
    expect(message(ok({ timeseries: [] }))).toBe('No TimeSeries found in response from Wavefront')
    // Upstream panics.
    expect(message(ok({ timeseries: [{ data: [[]] }] }))).toBe('a data point is not [time, value]')
    expect(message(ok('no', 403))).toBe('server returned 403 Forbidden\nno\n')
  })

  it('masks the token where the reply echoes it, and tears no holes into messages otherwise', () => {
    const known = secret({ 'wave.example': 'wave', 'other.example': 'forbidden' })
    const message = (answer: Parameters<typeof tell>[1][number]): string =>
      tell(context(), [known, answer]).outcome.measurement?.message ?? ''
    const lost = message({ kind: 'failed', message: 'EOF' })
    expect(lost).toMatch(/^Get "https:\/\/wave\.example\/api\/v2\/chart\/api\?.*": EOF$/)
    // A token of another address never went out, so nobody can echo it.
    expect(message(ok('forbidden', 403))).toBe('server returned 403 Forbidden\nforbidden\n')
    expect(message(ok('bad token: Bearer wave', 401))).toBe('server returned 401 Unauthorized\nbad token: *****\n')
  })

  it('has no provider without a token', () => {
    expect(tell(context(), [missing]).outcome.error).toBe('secrets "wavefront-api-tokens" not found')
    expect(tell(context(), [secret({ 'other.example': 'x' })]).outcome.error).toBe('API token not found')
  })
})
