import { describe, expect, test } from 'vitest'
import { metricConditions } from '../../src/metrics/conditions'
import type { ProviderAnswer, ProviderAsk } from '../../src/metrics/exchange/ask'
import type { ProviderContext, ProviderOperation } from '../../src/metrics/exchange/context'
import { continueExchange, type Exchange, startExchange } from '../../src/metrics/exchange/exchange'
import type { RecordedCall } from '../conformance/providersHost'
import { readCases, vectorsFolder } from '../conformance/vectors'
import { fc } from '../properties/fc'
import { spoilt } from '../properties/oddities'
import { deepFreeze } from '../properties/recorded'
import { propertySeed } from '../properties/seed'

const settings = { seed: propertySeed, numRuns: 500, verbose: 1 } as const
const mostAsks = 200

/** What a recorded case says about one operation. */
interface Scene {
  readonly metric: ProviderContext['metric']
  readonly analysisRun: ProviderContext['run']
  readonly secrets: readonly { readonly data: Readonly<Record<string, string>> }[]
  readonly replies: readonly { readonly body?: string }[]
}

const scenes: readonly Scene[] = readCases(vectorsFolder, 'providers').map(({ given }) => {
  const { metric, analysisRun, secrets = [], calls } = given
  return { metric, analysisRun, secrets, replies: (calls as RecordedCall[]).flatMap(({ replies = [] }) => replies) }
})

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Bodies taken apart, so that what is in them can be spoilt. */
const opened = scenes.map((scene) => ({
  ...scene,
  replies: scene.replies.map((reply) => ({
    ...reply,
    ...(reply.body === undefined ? {} : { body: parsed(reply.body) }),
  })),
}))

const operationArbitrary: fc.Arbitrary<ProviderOperation> = fc.oneof(
  { arbitrary: fc.constant({ op: 'run' } as const), weight: 6 },
  spoilt([
    {
      op: 'resume',
      measurement: { phase: 'Running', startedAt: '2030-01-01T00:00:00Z', metadata: { 'job-name': 'j' } },
    },
    { op: 'terminate', measurement: { phase: 'Running', metadata: { 'job-name': 'j', canaryExecutionId: 'e' } } },
    { op: 'garbageCollect', limit: 1 },
  ] as ProviderOperation[]),
)

const oddAnswers: fc.Arbitrary<ProviderAnswer> = spoilt<ProviderAnswer>([
  {
    kind: 'http',
    status: 200,
    statusText: 'OK',
    headers: { Location: '/x' },
    body: '{"data":[1,null]}',
    bodyError: 'EOF',
  },
  {
    kind: 'object',
    object: { metadata: { name: 'j' }, spec: { selector: {} }, status: { conditions: [{ type: 'X' }] } },
  },
  {
    kind: 'objects',
    objects: [{ metadata: { name: 'p' }, status: { containerStatuses: [{ state: { waiting: {} } }] } }],
  },
  { kind: 'aws', output: { MetricDataResults: [{ Values: [1], Timestamps: ['x'] }], Messages: [{}] } },
  { kind: 'plugin', measurement: { phase: 'Successful' }, metadata: { a: 'b' } },
  { kind: 'refused', reason: 'AlreadyExists' },
  { kind: 'timeout' },
])

type Replies = readonly { readonly body?: unknown; readonly status?: unknown }[]

/** The recorded reply of the question's kind, or an odd one. */
function answerTo(ask: ProviderAsk, scene: Scene, replies: Replies, odd: ProviderAnswer, turn: number): ProviderAnswer {
  if (ask.kind === 'secret') return { kind: 'secret', data: scene.secrets?.[0]?.data ?? {} }
  if (ask.kind === 'environment') return { kind: 'environment', values: {} }
  if (ask.kind === 'wait') return { kind: 'waited' }
  const reply = ask.kind === 'http' ? replies?.[turn] : undefined
  if (reply?.status === undefined) return odd
  const body = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? null)
  return { ...reply, kind: 'http', body } as ProviderAnswer
}

function outcomeOf(scene: Scene, replies: Replies, odd: ProviderAnswer, operation: ProviderOperation): unknown {
  const context = { metric: scene.metric, run: scene.analysisRun, ...metricConditions }
  let exchange: Exchange = startExchange(context, operation, '2030-01-01T00:00:00Z')
  for (let turn = 0; exchange.kind === 'ask'; turn++) {
    if (turn > mostAsks) throw new Error('the provider asks without end')
    const answer = answerTo(exchange.ask, scene, replies, odd, turn)
    exchange = continueExchange(context, exchange.state, answer, '2030-01-01T00:00:01Z')
  }
  return exchange.outcome
}

describe(`providers that are given nonsense (seed ${propertySeed})`, () => {
  const situation = fc.tuple(spoilt(opened), oddAnswers, operationArbitrary)

  test('end in a measurement or an error, the same each time, and touch nothing', () => {
    fc.assert(
      fc.property(situation, ([scene, odd, operation]) => {
        deepFreeze([scene, odd, operation])
        const outcome = outcomeOf(scene as Scene, scene.replies, odd, operation)
        expect(outcome).toEqual(outcomeOf(scene as Scene, scene.replies, odd, operation))
        // What comes out is data: it can be stored.
        expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome)
        expect(outcome).toBeTypeOf('object')
        if (operation.op === 'run') {
          const { error, measurement } = outcome as { error?: string; measurement?: { phase?: string } }
          expect(error ?? measurement?.phase).toBeTypeOf('string')
        }
      }),
      settings,
    )
  })
})
