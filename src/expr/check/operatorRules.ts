import type { LanguageLine } from '../language'
import { anySlice, boolType, durationType, floatType, intSlice, intType, stringType, timeType } from '../types/goType'
import { arrayOf, isUnknown, type Nature, natureOf, type TypeClass, unknown } from '../types/nature'
import { type NatureRules, natureRules } from '../types/natureRules'

type Result = Nature | 'promoted'

/** Which operands an operator takes, and what comes out. */
interface OperatorRule {
  readonly pairs: readonly (readonly [left: TypeClass, right: TypeClass, result: Result])[]
  /** Where one side is unknown, the other one must be unknown or of one of these. */
  readonly maybe: readonly TypeClass[]
  readonly maybeResult: Nature
}

const bool = natureOf(boolType)
const int = natureOf(intType)
const float = natureOf(floatType)
const text = natureOf(stringType)
const duration = natureOf(durationType)
const time = natureOf(timeType)
const anyRange = arrayOf(int, anySlice)
const intRange = natureOf(intSlice)

const rule = (
  pairs: OperatorRule['pairs'],
  classes: readonly TypeClass[],
  maybeResult: Nature = unknown,
): OperatorRule => ({ pairs, maybe: classes, maybeResult })

/** A rule for two operands of the same class, whichever of these it is. */
const alike = (classes: readonly TypeClass[], result: Nature): OperatorRule =>
  rule(
    classes.map((one) => [one, one, result]),
    classes,
    result,
  )

const logic = alike(['bool'], bool)
const order = alike(['number', 'string', 'time', 'duration'], bool)
const ofTexts = alike(['string'], bool)
const real = alike(['number'], float)

const newer: Readonly<Record<string, OperatorRule>> = {
  or: logic,
  '||': logic,
  and: logic,
  '&&': logic,
  '<': order,
  '>': order,
  '<=': order,
  '>=': order,
  contains: ofTexts,
  startsWith: ofTexts,
  endsWith: ofTexts,
  matches: rule([...ofTexts.pairs, ['bytes', 'string', bool]], ['string'], bool),
  '/': real,
  '**': real,
  '^': real,
  '%': alike(['integer'], int),
  '..': rule([['integer', 'integer', anyRange]], ['integer'], anyRange),
  '+': rule(
    [
      ['number', 'number', 'promoted'],
      ['string', 'string', text],
      ['time', 'duration', time],
      ['duration', 'time', time],
      ['duration', 'duration', duration],
    ],
    ['number', 'string', 'time', 'duration'],
  ),
  '-': rule(
    [
      ['number', 'number', 'promoted'],
      ['time', 'time', duration],
      ['time', 'duration', time],
      ['duration', 'duration', duration],
    ],
    ['number', 'time', 'duration'],
  ),
  '*': rule(
    [
      ['number', 'number', 'promoted'],
      ['number', 'duration', duration],
      ['duration', 'number', duration],
      ['duration', 'duration', duration],
    ],
    ['number', 'duration'],
  ),
}

/** Durations are numbers there, so that errors with them are reported at evaluation. */
const older: Readonly<Record<string, OperatorRule>> = {
  ...newer,
  matches: ofTexts,
  '%': rule([['integer', 'integer', 'promoted']], ['integer']),
  '..': rule([['integer', 'integer', intRange]], ['integer'], intRange),
  '*': rule([['number', 'number', 'promoted']], ['number']),
}

const tables: Readonly<Record<LanguageLine, Readonly<Record<string, OperatorRule>>>> = {
  'expr 1.15': older,
  'expr 1.17': newer,
}

/** What comes out of an operator, or undefined if it does not take such operands. */
export function byRule(line: LanguageLine, operator: string, left: Nature, right: Nature): Nature | undefined {
  const { pairs, maybe, maybeResult } = tables[line][operator]!
  const natures = natureRules[line]
  for (const [one, other, result] of pairs) {
    if (natures.is(left, one) && natures.is(right, other)) {
      return result === 'promoted' ? natures.promoted(left, right) : result
    }
  }
  return mayFit(natures, left, right, maybe) ? maybeResult : undefined
}

/** One side is unknown, the other one unknown too or of one of these classes. */
function mayFit({ is }: NatureRules, left: Nature, right: Nature, classes: readonly TypeClass[]): boolean {
  const one = isUnknown(left)
  const other = isUnknown(right)
  if (one && other) return true
  if (one) return classes.some((wanted) => is(right, wanted))
  return other && classes.some((wanted) => is(left, wanted))
}
