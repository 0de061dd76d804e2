import { compareBytes } from '../../go/bytes'
import type { PathValue } from './values'

type Verdict = boolean | { readonly error: string }

const badType = { error: 'invalid type for comparison' }
const badPair = { error: 'incompatible types for comparison' }

/** bool, int, float or string; anything else does not compare. Bytes compare with ints. */
function kindOf(value: PathValue): 'boolean' | 'int' | 'number' | 'string' | undefined {
  if (value.type === 'invalid') return undefined
  if (value.type !== 'json') return 'int'
  const kind = typeof value.json
  return kind === 'boolean' || kind === 'number' || kind === 'string' ? kind : undefined
}

const scalarOf = (value: PathValue): unknown =>
  value.type === 'invalid' ? undefined : value.type === 'json' ? value.json : value.value

function equal(left: PathValue, right: PathValue): Verdict {
  const kinds = [kindOf(left), kindOf(right)]
  if (!kinds[0] || !kinds[1]) return badType
  return kinds[0] === kinds[1] ? scalarOf(left) === scalarOf(right) : badPair
}

function less(left: PathValue, right: PathValue): Verdict {
  const kinds = [kindOf(left), kindOf(right)]
  if (!kinds[0] || !kinds[1]) return badType
  if (kinds[0] !== kinds[1]) return badPair
  const [a, b] = [scalarOf(left), scalarOf(right)]
  if (typeof a === 'string' && typeof b === 'string') return compareBytes(a, b) < 0
  return typeof a === 'number' && typeof b === 'number' ? a < b : badType
}

function lessOrEqual(left: PathValue, right: PathValue): Verdict {
  const first = less(left, right)
  return first === false ? equal(left, right) : first
}

const not = (verdict: Verdict): Verdict => (typeof verdict === 'boolean' ? !verdict : verdict)

/** Compares two values as Go's text templates do; an operator that is none is an error. */
export function compare(left: PathValue, operator: string, right: PathValue): Verdict {
  switch (operator) {
    case '==':
      return equal(left, right)
    case '!=':
      return not(equal(left, right))
    case '<':
      return less(left, right)
    case '<=':
      return lessOrEqual(left, right)
    case '>':
      return not(lessOrEqual(left, right))
    case '>=':
      return not(less(left, right))
    default:
      return { error: `unrecognized filter operator ${operator}` }
  }
}
