import { describe, expect, it } from 'vitest'
import type { Measurement } from '../../src/model/analysis'
import { contextOf, tell } from './support'

const context = () => contextOf({ plugin: { 'team/metric': { query: 'a' } } })
const running: Measurement = { phase: 'Running', startedAt: '2030-01-01T11:59:00Z' }

describe('plugin', () => {
  it('lets the plugin decide everything', () => {
    const measurement: Measurement = { phase: 'Successful', value: '1' }
    const answer = { kind: 'plugin', type: 'team', measurement, metadata: { query: 'a' } } as const
    const { asks, outcome } = tell(context(), [answer])
    expect(asks).toEqual([{ kind: 'plugin', plugin: 'team/metric', config: { query: 'a' }, operation: 'run' }])
    expect(outcome).toEqual({ type: 'team', measurement, metadata: { query: 'a' } })
  })

  it('hands over the measurement that goes on, and the limit of garbage collection', () => {
    const resumed = tell(context(), [{ kind: 'plugin', measurement: running }], { op: 'resume', measurement: running })
    expect(resumed.asks[0]).toMatchObject({ operation: 'resume', measurement: running })
    const collected = tell(context(), [{ kind: 'plugin', error: 'busy' }], { op: 'garbageCollect', limit: 3 })
    expect(collected.asks[0]).toMatchObject({ operation: 'garbageCollect', limit: 3 })
    expect(collected.outcome.error).toBe('failed to garbage collect via plugin: busy')
  })

  it('makes an error of a plugin that does not start or gives nothing', () => {
    expect(tell(context(), [{ kind: 'failed', message: 'no such file' }]).outcome.error).toBe(
      'failed to create plugin: unable to get metric plugin: unable to start plugin system: no such file',
    )
    expect(tell(context(), [{ kind: 'plugin' }]).outcome.measurement).toMatchObject({
      phase: 'Error',
      message: 'plugin team/metric gave no measurement',
    })
  })
})

describe('the choice of a provider', () => {
  it('finds none', () => {
    for (const provider of [{}, { unknown: {} }, { web: null }] as never[]) {
      expect(tell(contextOf(provider), []).outcome.error).toBe("no valid provider in metric 'success-rate'")
    }
  })

  it("takes upstream's first where there are several", () => {
    const both = contextOf({ graphite: { address: 'http://g' }, web: { url: 'http://w' } })
    expect(tell(both, [{ kind: 'failed', message: 'down' }]).outcome.measurement?.message).toMatch(/^Get "http:\/\/w"/)
  })
})
