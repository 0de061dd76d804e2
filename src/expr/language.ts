import { type ControllerVersion, ofVersion } from '../model/controllerVersion'

/** Which texts are expressions. */
export interface SyntaxRules {
  /** The whole text is cut into tokens before anything else is looked at: a lexical error is reported first. */
  readonly scansFirst: boolean
  /** Strings between backticks. */
  readonly rawStrings: boolean
  /** `b'..'`. */
  readonly byteLiterals: boolean
  /** `\u{1F600}`. */
  readonly bracedEscapes: boolean
  /** `0b1`, `0o7` and `0X1f`, besides `0x1f`. */
  readonly numberPrefixes: boolean
  /** `if` and `else`, and several expressions with `;` between them. */
  readonly statements: boolean
  /** `::name(..)`. */
  readonly globalCalls: boolean
  /** `?.[index]`. */
  readonly optionalIndex: boolean
  /** `1 < x < 5`. */
  readonly chainedComparisons: boolean
  /** A comma behind the last argument of a call. */
  readonly trailingCommas: boolean
  /** A loop with too few arguments says how many it wants. */
  readonly countsArguments: boolean
  /** `'text'[0]`, `'text'.x`. */
  readonly postfixOfStrings: boolean
  /** `not` goes with every operator; before one that binds too loosely for the place it is read and lost. */
  readonly negatesAnything: boolean
  /** Trees with more nodes than upstream's limit are refused. */
  readonly limitsNodes: boolean
  /** Builtins that are only names like any other. */
  readonly lacksBuiltins: readonly string[]
  /** Builtins that loop there, but take values only here. */
  readonly takesValuesOnly: readonly string[]
  /** Builtins that loop, and whose predicate cannot be left out. */
  readonly needsPredicate: readonly string[]
  /** What is said of `#` outside a predicate, where it is not taken for any other stray character. */
  readonly strayPointer?: string
}

/** What of the condition language the library of a controller's version has, and how it says what is wrong. */
export interface Language {
  readonly version: '1.15.5' | '1.17.7' | '1.17.8'
  /** Types, operators and builtins are kept in tables by this name. */
  readonly line: LanguageLine
  /** Errors name the condition that they are about, and say "no data" where the provider brought nothing. */
  readonly explainsErrors: boolean
  readonly syntax: SyntaxRules
  readonly machine: MachineRules
  /** The order that `sort` and `sortBy` are given is checked, the latter's before anything runs. */
  readonly checksSortOrder: boolean
  /** `$env()` is refused when it is called, not before. */
  readonly callsEnvironment: boolean
}

/** How expressions are computed. */
export interface MachineRules {
  /** Arguments, indexes and bounds that are pointers are followed. */
  readonly followsPointers: boolean
  /** The right side of `==` is followed where it is a pointer, not where the left one may be. */
  readonly followsRightSide: boolean
  /** `!=` takes two sides that are known to be ints for ints, as `==` does. */
  readonly assumesBothWays: boolean
  /** Two filters over one another are one whose parts are folded like any `and`. */
  readonly foldsFilters: boolean
  /** The error of an index outside of an array has the library's own text, not in those of Go's reflection. */
  readonly explainsIndexes: boolean
  /** So is a call of what is not a function; nil is passed as the zero value of what is wanted. */
  readonly explainsCalls: boolean
  /** So is a call with the wrong number of arguments. */
  readonly explainsCounts: boolean
  /** Arrays are equal where their elements are; else their types must be the same as well. */
  readonly comparesElements: boolean
  /** nil contains, starts with, ends with and matches nothing; else it is an error. */
  readonly nilHoldsNoText: boolean
  /** Bytes match patterns. */
  readonly matchesBytes: boolean
  /** `groupBy` has its map from the start; else the first element makes it, and that of nothing is nil. */
  readonly groupsFromStart: boolean
  /** In an array that `max` or `min` looks into, one without elements counts for nothing; else it is refused. */
  readonly skipsEmptyLists: boolean
  /** A typed nil that ends a chain becomes a plain one. */
  readonly plainsNil: boolean
  /**
   * What `reduce` says of nothing; else it fails as Go's reflection does, and so does `#` where there is no element.
   */
  readonly emptyReduce?: string
}

/** The two lines of the library that controllers were built with. */
export type LanguageLine = 'expr 1.15' | 'expr 1.17'

const newestSyntax: SyntaxRules = {
  scansFirst: false,
  rawStrings: true,
  byteLiterals: true,
  bracedEscapes: true,
  numberPrefixes: true,
  statements: true,
  globalCalls: true,
  optionalIndex: true,
  chainedComparisons: true,
  trailingCommas: true,
  countsArguments: true,
  postfixOfStrings: true,
  negatesAnything: false,
  limitsNodes: true,
  lacksBuiltins: [],
  takesValuesOnly: [],
  needsPredicate: [],
}

const newestMachine: MachineRules = {
  followsPointers: true,
  followsRightSide: true,
  assumesBothWays: true,
  foldsFilters: true,
  explainsIndexes: true,
  explainsCalls: true,
  explainsCounts: true,
  comparesElements: true,
  nilHoldsNoText: true,
  matchesBytes: true,
  groupsFromStart: true,
  skipsEmptyLists: true,
  plainsNil: true,
  emptyReduce: 'reduce of empty array with no initial value',
}

const machine1177: MachineRules = {
  ...newestMachine,
  explainsCounts: false,
  skipsEmptyLists: false,
  emptyReduce: undefined,
}

/** expr-lang/expr 1.17.8. */
const expr1178: Language = {
  version: '1.17.8',
  line: 'expr 1.17',
  explainsErrors: true,
  syntax: newestSyntax,
  machine: newestMachine,
  checksSortOrder: true,
  callsEnvironment: false,
}

/** expr-lang/expr 1.17.7. */
const expr1177: Language = {
  ...expr1178,
  syntax: { ...newestSyntax, byteLiterals: false },
  version: '1.17.7',
  machine: machine1177,
  checksSortOrder: false,
  callsEnvironment: true,
}

const syntax1155: SyntaxRules = {
  scansFirst: true,
  rawStrings: false,
  byteLiterals: false,
  bracedEscapes: false,
  numberPrefixes: false,
  statements: false,
  globalCalls: false,
  optionalIndex: false,
  chainedComparisons: false,
  trailingCommas: false,
  countsArguments: false,
  postfixOfStrings: false,
  negatesAnything: true,
  limitsNodes: false,
  lacksBuiltins: 'concat uniq reverse flatten timezone bitand bitor bitxor bitnand bitnot bitshl bitshr bitushr'.split(
    ' ',
  ),
  takesValuesOnly: ['sum', 'sortBy'],
  needsPredicate: ['count'],
  strayPointer: 'cannot use pointer accessor outside closure',
}

/** antonmedv/expr 1.15.5, in v1.7, v1.8 and v1.9. */
const expr1155: Language = {
  ...expr1177,
  version: '1.15.5',
  line: 'expr 1.15',
  explainsErrors: false,
  callsEnvironment: false,
  syntax: syntax1155,
  machine: {
    ...machine1177,
    followsPointers: false,
    followsRightSide: false,
    assumesBothWays: false,
    foldsFilters: false,
    explainsIndexes: false,
    explainsCalls: false,
    comparesElements: false,
    nilHoldsNoText: false,
    matchesBytes: false,
    groupsFromStart: false,
    plainsNil: false,
  },
}

const languages: Readonly<Record<ControllerVersion, Language>> = {
  main: expr1178,
  'v1.10': expr1177,
  'v1.9': expr1155,
  'v1.8': expr1155,
  'v1.7': expr1155,
}

export const languageOf = (controller: ControllerVersion | undefined): Language => ofVersion(languages, controller)
