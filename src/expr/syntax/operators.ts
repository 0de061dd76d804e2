/** Operators and how tightly they bind: a larger number binds tighter. */
export interface Operator {
  readonly precedence: number
  readonly associativity: 'left' | 'right'
}

const left = (precedence: number): Operator => ({ precedence, associativity: 'left' })
const right = (precedence: number): Operator => ({ precedence, associativity: 'right' })

export const unaryOperators: Readonly<Record<string, Operator>> = {
  not: left(50),
  '!': left(50),
  '-': left(90),
  '+': left(90),
}

export const binaryOperators: Readonly<Record<string, Operator>> = {
  '|': left(0),
  or: left(10),
  '||': left(10),
  and: left(15),
  '&&': left(15),
  '==': left(20),
  '!=': left(20),
  '<': left(20),
  '>': left(20),
  '>=': left(20),
  '<=': left(20),
  in: left(20),
  matches: left(20),
  contains: left(20),
  startsWith: left(20),
  endsWith: left(20),
  '..': left(25),
  '+': left(30),
  '-': left(30),
  '*': left(60),
  '/': left(60),
  '%': left(60),
  '**': right(100),
  '^': right(100),
  '??': left(500),
}

/** Words that are operators wherever they stand; `not` is one too, see the tokenizer. */
export const operatorWords: readonly string[] = [
  'in',
  'or',
  'and',
  'matches',
  'contains',
  'startsWith',
  'endsWith',
  'let',
  'if',
  'else',
]

/** `a not in b`. */
export const negatable: readonly string[] = ['in', 'matches', 'contains', 'startsWith', 'endsWith']

/** These chain: `1 < x < 5`. */
export const comparisons: readonly string[] = ['<', '>', '>=', '<=']

export const logical: readonly string[] = ['and', 'or', '&&', '||']

export const lookup = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined
