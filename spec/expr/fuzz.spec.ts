import { describe, expect, test } from 'vitest'
import { evaluateCondition, evaluateExpression, parseCondition } from '../../src/expr/condition'
import { explainCondition } from '../../src/expr/explain'
import { readCases, vectorsFolder } from '../conformance/vectors'
import { deepFreeze } from '../properties/recorded'
import { propertySeed } from '../properties/seed'
import { expression, mutate, type Random, seeded } from './generate'
import { typedExpression } from './generateTyped'
import { hostile } from './hostile'

// Whatever somebody writes as a condition ends in a value or an issue, at once. PROPERTY_SEED names the run, FUZZ_COUNT shortens it.

const seed = propertySeed
const count = Number(process.env.FUZZ_COUNT ?? 200_000)
const mostMilliseconds = 50

const now = '2030-01-01T00:00:00Z'
const recorded = readCases(vectorsFolder, 'conditions')
const texts = recorded.flatMap(({ given }) => [given.expression, given.successCondition, given.failureCondition])
const expressions = texts.filter((text): text is string => typeof text === 'string')
const results = deepFreeze([...new Map(recorded.map(({ given }) => [JSON.stringify(given.result), given])).values()])
/** The result that has something of everything. */
const rich = results.reduce((one, other) =>
  JSON.stringify(other.result ?? null).length > JSON.stringify(one.result ?? null).length ? other : one,
)

function anyExpression(random: Random): string {
  const kind = random.int(100)
  if (kind < 30) return typedExpression(random, 'anything', 2 + random.int(10))
  if (kind < 55) return expression(random, 2 + random.int(16))
  if (kind < 80) return mutate(random, random.pick(expressions), random.pick(expressions))
  return mutate(random, typedExpression(random, 'anything', 6), random.pick(expressions))
}

/** The least of several runs, by the clock and by the processor's time: a busy machine makes neither shorter. */
function leastMilliseconds(run: () => unknown): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < 12 && least > mostMilliseconds / 2; i++) {
    const before = process.cpuUsage()
    const start = performance.now()
    run()
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, performance.now() - start, (user + system) / 1000)
  }
  return least
}

interface Tally {
  readonly thrown: string[]
  readonly slow: string[]
  readonly endings: Map<string, number>
}

function tryOut(text: string, given: (typeof results)[number], tally: Tally): void {
  const { result, resultType } = given
  const run = (): ReturnType<typeof evaluateExpression> => evaluateExpression(text, result, { now, resultType })
  const shown = `${text.length > 300 ? `${text.slice(0, 300)}…` : text} on ${resultType}`
  try {
    const start = performance.now()
    const outcome = run()
    const ending = 'issue' in outcome ? outcome.issue.code : 'value'
    tally.endings.set(ending, (tally.endings.get(ending) ?? 0) + 1)
    if (performance.now() - start > mostMilliseconds / 2) {
      const least = leastMilliseconds(run)
      if (least > mostMilliseconds) tally.slow.push(`${least.toFixed(0)} ms: ${shown}`)
    }
  } catch (thrown) {
    tally.thrown.push(`${thrown}: ${shown}`)
  }
}

function tryMany(many: number, make: (random: Random) => string): Tally {
  const random = seeded(seed)
  const tally: Tally = { thrown: [], slow: [], endings: new Map() }
  for (let i = 0; i < many; i++) tryOut(make(random), random.chance(70) ? rich : random.pick(results), tally)
  expect(tally).toMatchObject({ thrown: [], slow: [] })
  return tally
}

describe(`a value or an issue within ${mostMilliseconds} ms (PROPERTY_SEED=${seed})`, () => {
  test(`of ${count} random and mutated expressions`, { timeout: 600_000 }, () => {
    const tally = tryMany(count, anyExpression)
    // The generators reach every kind of ending; otherwise little would have been tried.
    for (const ending of ['value', 'condition-syntax', 'condition-type', 'condition-evaluation']) {
      expect(tally.endings.get(ending) ?? 0).toBeGreaterThan(count / 100)
    }
  })

  const hostileCount = Math.ceil(count / 400)
  test(`of ${hostileCount} hostile expressions`, { timeout: 600_000 }, () => {
    expect(tryMany(hostileCount, hostile).endings.get('condition-budget') ?? 0).toBeGreaterThan(hostileCount / 10)
  })

  test('the same each time; a parsed tree wherever the syntax is right; an explanation of the same verdict', () => {
    const random = seeded(seed)
    for (let i = 0; i < Math.min(count, 3000); i++) {
      const text = anyExpression(random)
      const outcome = evaluateExpression(text, rich.result, { now })
      expect(evaluateExpression(text, rich.result, { now })).toEqual(outcome)
      const verdict = evaluateCondition(text, rich.result, { now })
      const why = explainCondition(text, rich.result, { now })
      expect('issue' in why ? { issue: why.issue } : { value: why.value }).toEqual(verdict)
      const isSyntax = 'issue' in outcome && outcome.issue.position && outcome.issue.code === 'condition-syntax'
      const { ast, issues } = parseCondition(text)
      if (isSyntax) expect(issues).toEqual([outcome.issue])
      else if (!('issue' in outcome)) expect([issues, ast === undefined]).toEqual([[], false])
    }
  })
})
