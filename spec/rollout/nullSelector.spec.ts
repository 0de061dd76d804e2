import { expect, test } from 'vitest'
import { selectorProblem } from '../../src/rollout/facts/selectorProblem'

// Found by `npm run sweep`: a null in the selector of an invalid Rollout threw.
test('a null in an expression of a selector is a field that nobody wrote', () => {
  const written = { key: 'app', operator: 'In', values: ['web'] }
  for (const field of ['key', 'operator', 'values']) {
    const { [field]: _, ...absent } = written as Record<string, unknown>
    const withNull = { matchExpressions: [{ ...written, [field]: null }] } as never
    expect(selectorProblem(withNull)).toBe(selectorProblem({ matchExpressions: [absent] } as never))
    expect(selectorProblem(withNull)).toBeDefined()
  }
})
