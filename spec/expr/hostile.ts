import { type Random, spaced } from './generate'

/** Expressions that are out to take long or to break the evaluator: large, deep, doubling, quadratic. */
export function hostile(random: Random): string {
  return random.pick(kinds)(random)
}

type Make = (random: Random) => string

const size: Make = (random) => random.pick(['3', '60', '999', '1000', '30000', '499999', '999999'])
const times = (random: Random): number => random.pick([2, 12, 100, 299, 301, 2000, 20_000])

const text: Make = (random) =>
  `repeat(${random.pick(["'a'", "'é'", "'a,'", "'\\n'", "'[1,'", "' '", "'9'"])}, ${size(random)})`
const list: Make = (random) =>
  random.pick<Make>([
    (inner) => `1..${size(inner)}`,
    (inner) => `map(1..${size(inner)}, ${inner.pick(elements)})`,
    (inner) => `split(${text(inner)}, ${inner.pick(["''", "','", "'a'"])})`,
    (inner) => `fromJSON('[' + repeat(${inner.pick(["'1,'", "'[],'", "'{},'"])}, ${size(inner)}) + '1]')`,
    (inner) => `reduce(1..${size(inner)}, ${inner.pick(growing)})`,
  ])(random)

const elements = spaced(`
  string(#)  -#  # % 7  [#]  {a: #}  1..500  # / 3  # ** 0.3  now() + duration('1s') * #  date('2030-01-02')  nil
  'a' + string(#)  toJSON(result)  fromJSON('[1, {"a": [2]}]')  date('2030-01-02 03:04:05').Format('Mon Jan 2 2006')
  now(timezone('Europe/Zurich')).AddDate(#, #, #)  timezone('Asia/Tokyo')  duration('1h2m3s')  string(duration('1h') * #)
  'aaaaaaaaaa' matches '^(a+)+$'  'a' matches ('a{' + string(#) + '}')  result.items  result  $env  keys(result)
  sort(result.codes)  uniq(1..#)  sum(1..#)  any(1..1000, # > 2000)  findLast(1..1000, # > 2000)  now().MarshalBinary()
  now().ISOWeek()  upper(string(result))  date('garbage') ?? 1  float('0.333')  (1..1000)[1:500]  concat(result.codes, 1..#)
`)
const growing = [
  ...[
    "#acc + #acc, 'a'",
    'concat(#acc, #acc), [1]',
    '[#acc, #acc], 1',
    '({a: #acc, b: #acc}), 1',
    '[#acc], 1',
    '({a: #acc}), 1',
  ],
  ...['concat(#acc, [#]), []', "#acc + 'abc', ''", '#acc[0:], [1]', 'take(#acc, 2), [1, 2]', 'reverse(#acc), [1, 2]'],
  ...[
    '#acc ** 1.0000001, 2.5',
    '#acc * 3, 1',
    "replace(#acc, 'a', 'aa'), 'a'",
    'groupBy([#acc], 1), 1',
    'toPairs({a: #acc}), 1',
  ],
]

const onText = spaced(`
  upper(X)  lower(X)  trim(X)  trim(X, 'é')  len(X)  split(X, '')  splitAfter(X, ',')  replace(X, '', 'bb')  toBase64(X)
  replace(X, 'a', 'ccc')  fromBase64(X)  fromBase64(toBase64(X))  toJSON(X)  fromJSON(X)  fromJSON('"' + X + '"')  int(X)
  float(X)  asInt(X)  asFloat(X)  indexOf(X, repeat('a', 5000) + 'b')  lastIndexOf(X, 'b' + repeat('a', 5000))  X + X
  X matches '(a*)*b'  X matches '(a|aa)+$'  X matches '(?i)[a-z]{50}c'  X matches '.{100}z'  X matches 'y.*z'  date(X)
  date('x', X)  date(X, X)  now().Format(X)  duration(X)  timezone(X)  X matches X  'a' matches X  X == X + 'a'  X < X
  repeat(X, 999)  repeat(X, 999999)  X contains (repeat('a', 1000) + 'b')  join(split(X, ''), X)  string([X])  X[5:]  {(X): X}
`)
const onList = spaced(`
  sort(X)  sort(X, 'desc')  sortBy(X, -#)  sortBy(X, string(#))  groupBy(X, #)  groupBy(X, # % 10)  uniq(X)  flatten(X)  X
  flatten([X, X])  concat(X, X)  reverse(X)  sum(X)  mean(X)  median(X)  max(X)  min(X)  join(X, ',')  toJSON(X)  string(X)
  all(X, all(X, true))  sum(X, sum(X, # * 1.5))  X == X  1 in X  any(X, # in X)  keys(groupBy(X, #))  fromPairs(map(X, [#, #]))
  toPairs(groupBy(X, #))  first(X)  last(filter(X, # == 2))  X[5:]  X[-1]  len(map(X, #))  take(X, 5)  asInt(X)  type(X)
  let a = X; let b = X; a == b  let a = X; uniq(concat(a, a))  map(X, X)  filter(X, any(X, # == 3))  reduce(X, # + #acc)
  groupBy([1], X)  fromPairs(X)  mean(X, X)  bitand(X, 1)  {a: X}.a  now() in X  map(X, #[0])  count(X, true) > 5
`)

/** Opening, core, closing: nested as often as wanted. */
const nests = [
  ...[
    ['(', '1', ')'],
    ['[', '1', ']'],
    ['[1, ', '2', ']'],
    ['-', '1', ''],
    ['not ', 'true', ''],
    ['{a: ', '1', '}'],
    ['len(', '1', ')'],
  ],
  ...[
    ['true ? 1 : ', '2', ''],
    ['if true {1} else {', '2', '}'],
    ['map(1..2, ', '#', ')'],
    ['any(1..10, ', 'true', ')'],
  ],
  ...[
    ['filter([1], {', 'true', '})'],
    ['all(result.items, ', 'true', ')'],
    ['let a = 1; ', 'a', ''],
    ['toJSON(', '1', ')'],
  ],
  ...[
    ['sum(map(1..10, ', '#', '))'],
    ['sortBy(1..9, ', '#', ')'],
    ['string([', '1', '])'],
    ['(1..9)[', '0', ']'],
    ['1 + (', '1', ')'],
  ],
]

/** Parts that are lined up as often as wanted. */
const chains = [
  ...[
    ['1', ' + 1', ''],
    ['true', ' and true', ''],
    ['2', ' ** 2', ''],
    ['nil', ' ?? nil', ''],
    ['[1]', ' | reverse()', ''],
  ],
  ...[
    ['result', '.a', ''],
    ['result', '?.a', ''],
    ['result', '[0]', ''],
    ['[', '1,', '1]'],
    ['[', '0.3 ** 0.7,', '1]'],
  ],
  ...[
    ["'a' in [", "'b',", "'c']"],
    ['1 in [', '1,', '1]'],
    ['[', "'a' matches 'x{900}',", '1]'],
    ['sum([', '1,', '1])'],
  ],
  ...[
    ['', '1; ', '1'],
    ['1', ' < 1', ''],
    ["'", '\\u00e9', "'"],
    ["'", 'a', "'"],
    ['', 'a', ''],
    ['', '9', ''],
    ['1.', '9', ''],
  ],
  ...[
    ['', '/* a */', '1'],
    ['', ' ', '1'],
    ['', '@', ''],
    ['', '..', ''],
    ['', '+ ', ''],
    ["'a' matches '", 'a?', "'"],
  ],
  ...[
    ["'a' matches '", '(', "'"],
    ["'a' matches '(?i)", '[\\x{80}-\\x{10fff0}]', "'"],
    ["'a' matches '", '\\pL', "'"],
  ],
  ...[
    ["'a' matches '", '(x{1000})', "'"],
    ["'a' matches '", '[', "'"],
    ["date('x', '", '2006 ', "')"],
    ["now().Format('", '2006-01-02 ', "')"],
  ],
  ...[
    ['true', ' and any(result.items, .up)', ''],
    ['{', 'a: 1,', 'b: 2}'],
    ['let a = 1;', 'let a = a;', 'a'],
    ["'a'", " + 'aaaaaaaa'", ''],
  ],
]

const kinds: readonly Make[] = [
  (random) => random.pick(onText).replaceAll('X', text(random)),
  (random) => random.pick(onList).replaceAll('X', list(random)),
  (random) => random.pick(onList).replaceAll('X', `reduce(1..${size(random)}, ${random.pick(growing)})`),
  (random) => `map(1..${size(random)}, ${random.pick(elements)})`,
  (random) => {
    const [open = '', core = '', close = ''] = random.pick(nests)
    const depth = times(random)
    return open.repeat(depth) + core + close.repeat(depth)
  },
  (random) => {
    const [start = '', part = '', end = ''] = random.pick(chains)
    return start + part.repeat(times(random)) + end
  },
  (random) => `(${hostile(random)}) ${random.pick(['==', '+', 'in', '??', 'and', '<', '|'])} (${hostile(random)})`,
]
