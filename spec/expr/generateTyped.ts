import { type Random, spaced } from './generate'

/** Expressions whose parts mostly fit together, so that they get as far as being evaluated. */
type Type = 'number' | 'text' | 'truth' | 'list' | 'map' | 'time' | 'duration' | 'anything'

type Make = (random: Random, size: number, inside: string) => string

const of =
  (type: Type): Make =>
  (random, size, inside) =>
    typedExpression(random, type, Math.floor(size * 0.6), inside)

const number = of('number')
const text = of('text')
const truth = of('truth')
const list = of('list')
const map = of('map')
const time = of('time')
const duration = of('duration')
const anything = of('anything')

/** A template: `N` is a number, `T` a text, `B` a truth, `L` a list, `M` a map, `I` a time, `D` a duration, `A` anything. */
const makers: Readonly<Record<string, Make>> = {
  N: number,
  T: text,
  B: truth,
  L: list,
  M: map,
  I: time,
  D: duration,
  A: anything,
}

const leaves: Readonly<Record<Exclude<Type, 'anything'>, readonly string[]>> = {
  number: spaced(`
    0  1  2  3  7  12  -1  0.5  1.5  2.0  1e3  result.errors  result.total  result.zero  result.neg
    result.successRate  result.codes[0]  result.items[1].p99  asInt('5')  asFloat('0.25')  len(result.tags)
    result.big  9223372036854775807  result.missing  result.none  0x10  1_000
  `),
  text: [
    ...spaced(`
    ''  'a'  'ok'  'blue'  'a,b,c'  result.status  result.text  result.ratio  result.tags[0]  '12'  '3.5'
    'ABC'  result.items[0].name  'é'  '%s'  '<&>'
  `),
    "'café 😀'",
    "'  x '",
    "'\\n'",
  ],
  truth: ['true', 'false', 'result.ok', 'result.items[0].up', 'isNil(1)', '1 < 2', 'result.missing == nil'],
  list: spaced(`
    []  [1, 2, 3]  ['b', 'a', 'c']  [1, 2.5]  1..4  -2..2  result.codes  result.tags  result.nested.a.c
    [nil, 1]  split('x,y', ',')  result.empty  [[1], [2, 3]]  [3, 1, 2]  3..1  [1, 'a', true]  result.items
    b'ab'
  `),
  map: spaced(`
    {}  {a: 1}  {a: 1, b: 'x'}  result  result.nested  result.obj  result.items[0]  {a: {b: [1]}}  {1: 2}
  `),
  time: [
    "date('2030-01-02')",
    "date('2030-06-15T10:11:12.5Z')",
    "date('2029-12-31 23:59:59')",
    'now()',
    "date('2030-03-10T08:00:00+02:00')",
  ],
  duration: ["duration('1h')", "duration('90s')", "duration('-7m30s')", "duration('1.5ms')", "duration('0')"],
}

const templates: Readonly<Record<Exclude<Type, 'anything'>, readonly string[]>> = {
  number: spaced(`
    N + N  N - N  N * N  N / N  N % N  N ** N  -N  (N)  len(L)  len(T)  len(M)  abs(N)  ceil(N)  floor(N)
    round(N)  int(N)  float(N)  int(T)  float(T)  max(N, N)  min(N, N)  max(L)  min(L)  mean(L)  median(L)
    sum(L)  sum(L, P)  count(L, Q)  indexOf(T, T)  lastIndexOf(T, T)  findIndex(L, Q)  findLastIndex(L, Q)
    bitand(N, N)  bitor(N, N)  bitxor(N, N)  bitshl(N, N)  bitshr(N, N)  bitushr(N, N)  bitnot(N)
    bitnand(N, N)  first(L)  last(L)  L[N]  get(L, N)  B ? N : N  N ?? N  I.Year()  I.Unix()  I.Day()
    I.Hour()  I.YearDay()  I.Month()  I.Weekday()  D.Seconds()  D.Minutes()  D.Milliseconds()  asInt(N)
    asInt(T)  asFloat(N)  asFloat(T)  reduce(L, #acc + #)  reduce(L, #acc + #, N)  reduce(L, N + #index, N)
    M.a  M?.x?.y  let z = N; z + N  if B {N} else {N}  L | len()  find(L, Q)  findLast(L, Q)  filter(L, Q)[0]
    filter(L, Q)[-1]  first(filter(L, Q))  last(filter(L, Q))  len(filter(L, Q))  sum(map(L, P))  fromJSON(T)
    mean(N, L)  max(L, N)  {a: N}.a  default(N, N)  L?.[N]  sum(N..N)  sum([N, N, N])  I.Compare(I)
    I.ISOWeek()  I.Nanosecond()
  `),
  text: spaced(`
    T + T  upper(T)  lower(T)  trim(T)  trim(T, T)  trimPrefix(T, T)  trimSuffix(T, T)  string(A)  type(A)
    repeat(T, N)  replace(T, T, T)  replace(T, T, T, N)  join(L, T)  join(L)  T[N:N]  T[N:]  T[:N]  toJSON(A)
    toBase64(T)  fromBase64(T)  fromBase64(toBase64(T))  B ? T : T  T ?? T  I.Format('2006-01-02')  I.String()
    I.Format('Mon Jan _2 3:04:05.000 PM -0700 MST')  D.String()  string(D)  string(I)  split(T, T)[N]  (T)
    string(L)  string(M)  T | upper()  I.Month().String()  join(map(L, string(#)), T)  toJSON(L)  toJSON(M)
    string(N)
  `),
  truth: spaced(`
    N < N  N > N  N <= N  N >= N  N == N  N != N  T == T  T != T  T < T  A == A  A != A  L == L  M == M
    B and B  B or B  B && B  B || B  not B  !B  (B)  T contains T  T startsWith T  T endsWith T  T matches T
    T matches '[a-c]+$'  T not matches '^$'  N in L  T in L  A in L  T in M  N not in L  N in N..N
    T in ['a', 'ok']  N in [1, 2, 3]  all(L, Q)  any(L, Q)  none(L, Q)  one(L, Q)  B ? B : B  B ?? B  I < I
    I == I  D < D  D >= D  hasPrefix(T, T)  hasSuffix(T, T)  isNaN(N)  isInf(N)  isNil(A)  I.Before(I)
    I.After(I)  I.Equal(I)  I.IsZero()  count(L, Q) > 0  count(L, Q) >= 2  count(L, Q) <= 1
    all(L, Q) and all(L, Q)  any(L, Q) || any(L, Q)  N < N < N  none(L, Q) && none(L, Q)  N == findLast(L, Q)
    A == nil  type(A) == T  any(L, # == N) or any(L, # == N)
  `),
  list: spaced(`
    [N, N]  [A, A, A]  [T, T]  N..N  map(L, P)  filter(L, Q)  sort(L)  sort(L, 'desc')  sortBy(L, P)
    reverse(L)  sortBy(L, #, 'desc')  uniq(L)  concat(L, L)  flatten(L)  flatten([L, L])  take(L, N)  L[N:N]
    L[:N]  L[N:]  split(T, T)  split(T, T, N)  splitAfter(T, T)  splitAfter(T, T, N)  keys(M)  values({a: N})
    B ? L : L  L ?? L  (L)  map(filter(L, Q), P)  filter(filter(L, Q), Q)  map(L, {let y = #; y})
    map(L, #index)  toPairs({a: A})  L | reverse()  map(L, [#, N])  map(1..3, L)  filter(map(L, P), Q)
    fromJSON(toJSON(L))  groupBy(L, #)[N]  filter(L, any(L, # == N))
  `),
  map: spaced(`
    {a: A}  {a: A, b: A}  {(T): A}  groupBy(L, P)  fromPairs([[A, A]])  fromPairs(toPairs(M))  B ? M : M
    M ?? M  fromJSON(toJSON(M))  find(result.items, Q)  (M)  groupBy(L, type(#))
  `),
  time: spaced(`
    I + D  D + I  I - D  I.UTC()  I.Add(D)  I.AddDate(N, N, N)  I.AddDate(1, -2, 40)  I.Truncate(D)
    I.Round(D)  date(T)  date('2030-01-02 10:00', '2006-01-02 15:04')  date('02/01/2030', '02/01/2006')
    B ? I : I  max(I)  date('2030-07-01 10:00', '2006-01-02 15:04', 'Europe/Zurich')
    date('3 Feb 30 1:02PM', '2 Jan 06 3:04PM')  I.In(timezone('UTC'))  I.In(timezone('America/New_York'))
    now(timezone('Asia/Tokyo'))  date(timezone('Asia/Kolkata'), '2030-01-02 10:00:00')
  `),
  duration: spaced(`
    D + D  D - D  N * D  D * N  I - I  I.Sub(I)  D.Abs()  D.Round(D)  D.Truncate(D)  duration(T)  D * D
  `),
}

const types = Object.keys(leaves) as Exclude<Type, 'anything'>[]

export function typedExpression(random: Random, wanted: Type, size: number, inside = ''): string {
  // Now and then something that does not fit.
  const type = wanted === 'anything' || random.chance(3) ? random.pick(types) : wanted
  if (size <= 1) return inside !== '' && random.chance(40) ? random.pick(pointers) : random.pick(leaves[type])
  const template = random.pick(templates[type])
  return template.replace(/(?<![A-Za-z'])[NTBLMIDAPQ](?![A-Za-z'(])/g, (letter) => {
    if (letter === 'P') return (random.chance(50) ? anything : number)(random, size, '#')
    if (letter === 'Q') return truth(random, size, '#')
    const part = makers[letter]!(random, size, inside)
    return /^[\w.]+$|^\(/.test(part) || random.chance(30) ? part : `(${part})`
  })
}

const pointers = ['#', '#', '#', '#.p99', '.name', '#[0]', '.up', '#index']
