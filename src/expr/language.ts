import { type ControllerVersion, ofVersion } from '../model/controllerVersion'

/** What of the condition language the library of a controller's version has, and how it says what is wrong. */
export interface Language {
  /** Errors name the condition that they are about, and say "no data" where the provider brought nothing. */
  readonly explainsErrors: boolean
  /** Builtins that are only names like any other. */
  readonly lacksBuiltins: readonly string[]
  /** Builtins that take no predicate yet. */
  readonly takesValuesOnly: readonly string[]
  /** Strings between backticks. */
  readonly hasRawStrings: boolean
  /** `b'..'`. */
  readonly hasByteLiterals: boolean
  /** `if` and `else`, and several expressions with `;` between them. */
  readonly hasStatements: boolean
  /** How the type of nil reads in errors; undefined: `unknown`. */
  readonly nameOfNil?: string
  /** `a.b` of a value without fields is told as an index by a string. */
  readonly readsFieldsAsIndex: boolean
  /** Ranges are arrays of int, not of anything. */
  readonly hasTypedRanges: boolean
  /** What is wrong with `#` outside a predicate is found by the checker. */
  readonly pointersNeedPredicate: boolean
  readonly emptyReduce: string
  /** `sortBy` checks its order before anything runs. */
  readonly checksSortOrder: boolean
}

/** expr-lang 1.17.8. */
const expr1178: Language = {
  explainsErrors: true,
  lacksBuiltins: [],
  takesValuesOnly: [],
  hasRawStrings: true,
  hasByteLiterals: true,
  hasStatements: true,
  readsFieldsAsIndex: false,
  hasTypedRanges: false,
  pointersNeedPredicate: true,
  emptyReduce: 'reduce of empty array with no initial value',
  checksSortOrder: true,
}

/** expr-lang 1.17.7. */
const expr1177: Language = {
  ...expr1178,
  hasByteLiterals: false,
  emptyReduce: 'reflect: slice index out of range',
  checksSortOrder: false,
}

/** antonmedv/expr 1.15.5, in v1.7, v1.8 and v1.9. Not everything in which it differs is known here: see the quirk page. */
const expr1155: Language = {
  ...expr1177,
  explainsErrors: false,
  lacksBuiltins: 'concat uniq reverse flatten timezone bitand bitor bitxor bitnand bitnot bitshl bitshr bitushr'.split(
    ' ',
  ),
  takesValuesOnly: ['sum', 'sortBy'],
  hasRawStrings: false,
  hasStatements: false,
  nameOfNil: '<nil>',
  readsFieldsAsIndex: true,
  hasTypedRanges: true,
  pointersNeedPredicate: false,
}

const languages: Readonly<Record<ControllerVersion, Language>> = {
  main: expr1178,
  'v1.10': expr1177,
  'v1.9': expr1155,
  'v1.8': expr1155,
  'v1.7': expr1155,
}

export const languageOf = (controller: ControllerVersion | undefined): Language => ofVersion(languages, controller)
