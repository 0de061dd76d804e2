/** Random and mutated expressions for the fuzz test. The same seed gives the same expressions. */
export interface Random {
  /** 0 <= n < below */
  readonly int: (below: number) => number
  readonly pick: <T>(items: readonly T[]) => T
  readonly chance: (percent: number) => boolean
}

/** Mulberry32. */
export function seeded(seed: number): Random {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (below: number): number => Math.floor(next() * below)
  return { int, pick: (items) => items[int(items.length)]!, chance: (percent) => int(100) < percent }
}

/** What stands between line ends or two spaces. */
export const spaced = (text: string): readonly string[] => text.trim().split(/\n\s*| {2,}/)

const literals = [
  ...spaced(`
    0  1  2  3  5  10  100  0.5  2.5  1.0  0.95  1e2  1e21  .5  0x1F  0b101  0o17  1_000  9223372036854775807
    9007199254740993  true  false  nil  ''  'a'  'ok'  '12'  '0.97'  'café'  "b"  b'ab'  'a,b'  '2030-01-02'
    '1h30m'  'blue'  '[1, 2.5]'  []  {}  -1  -3
  `),
  '`x`',
]
const names = spaced(`
    result  result.errors  result.status  result.ok  result.none  result.missing  result.items  result.tags
    result.codes  result.nested.a.c  result.text  result.ratio  result.count  result.big  result.neg
    result.zero  result.total  result.obj  result.empty  result['a-b']  result.items[0].p99  result[0]
    result.items[-1].name  result?.nested?.x?.y  $env.result  $env  asInt  isNaN  foo  len  result[0].Id
    result[0].Values  result[0].StatusCode  result[0].Timestamps  result.percentile  result.facet
  `)
const binary = spaced(`
    +  -  *  /  %  **  ^  ==  !=  <  >  <=  >=  and  or  &&  ||  in  not in  ..  contains  startsWith
    endsWith  matches  not matches  ??  ==  <  >  and  or  +
  `)
const unary = ['!', 'not ', '-', '+']
const tests = spaced(`
    all  none  any  one  filter  count  find  findIndex  findLast  findLastIndex
  `)
const folds = ['map', 'sum', 'groupBy', 'sortBy', 'reduce']
const oneArgument = spaced(`
    len  type  abs  ceil  floor  round  int  float  string  trim  upper  lower  max  min  mean  median  toJSON
    fromJSON  toBase64  fromBase64  duration  date  timezone  first  last  keys  values  toPairs  fromPairs
    reverse  uniq  concat  flatten  sort  bitnot  asInt  asFloat  isNaN  isInf  isNil  sum  count  trimPrefix
    trimSuffix  join
  `)
const twoArguments = spaced(`
    split  splitAfter  repeat  join  indexOf  lastIndexOf  hasPrefix  hasSuffix  max  min  get  take  trim
    trimPrefix  trimSuffix  concat  sort  bitand  bitor  bitxor  bitnand  bitshl  bitshr  bitushr  default
    date  mean  median
  `)
const methods = spaced(`
    Year()  Month()  Day()  Hour()  Weekday()  YearDay()  Unix()  String()  UTC()  Minutes()  Hours()
    Format('2006-01-02')  AddDate(0, 1, 2)  Seconds()  Milliseconds()  ISOWeek()  IsZero()  Location()
    Add(duration('1h'))  Truncate(duration('1h'))  Round(duration('7m'))  Sub(date('2030-01-01'))  Nope()
  `)
const fields = spaced(`
    name  p99  up  x  a  b  Id  Values  length  errors  in  Year
  `)
const dates = [
  "'2030-01-02'",
  "'2030-01-02T03:04:05Z'",
  "'2030-01-02 03:04:05'",
  "'2030-06-15T10:00:00+02:00'",
  "'03:04:05'",
]
const patterns = ["'^a'", "'[0-9]+'", "'('", "'a|b'", "'(?i)OK'", "'.*'", "'\\\\d{2}$'"]

const several = (random: Random, most: number, make: () => string): string =>
  Array.from({ length: random.int(most + 1) }, make).join(', ')

/** An expression of about `size` parts; inside a predicate `#` is an operand too. */
export function expression(random: Random, size: number, inside = 0): string {
  if (size <= 1) return operand(random, inside)
  const part = (share = 2): string => expression(random, Math.max(1, Math.floor((size - 1) / share)), inside)
  switch (random.int(17)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return `${part()} ${random.pick(binary)} ${part()}`
    case 4:
      return `(${part(1)})`
    case 5:
      return random.pick(unary) + (random.chance(50) ? `(${part(1)})` : part(1))
    case 6:
      return loop(random, size, inside)
    case 7:
      return `${random.pick(oneArgument)}(${part(1)})`
    case 8:
      return `${random.pick(twoArguments)}(${part()}, ${part()})`
    case 9:
      return postfix(random, random.chance(50) ? part(1) : `(${part(1)})`, part)
    case 10:
      return `${part(3)} ? ${part(3)} : ${part(3)}`
    case 11:
      return `[${several(random, 3, () => part(3))}]`
    case 12:
      return `{${several(random, 2, () => `${random.pick(fields)}: ${part(3)}`)}}`
    case 13:
      return `${part()} | ${random.pick(oneArgument)}()`
    case 14:
      return `let v${size} = ${part()}; ${random.chance(70) ? `v${size} ${random.pick(binary)} ` : ''}${part()}`
    case 15:
      return time(random, part)
    default:
      return special(random, part)
  }
}

function operand(random: Random, inside: number): string {
  if (inside > 0 && random.chance(45)) {
    return random.pick(
      spaced(`
    #  #  #  .name  .p99  #index  #acc  .up  #.name  #[0]
  `),
    )
  }
  return random.chance(50) ? random.pick(literals) : random.pick(names)
}

function loop(random: Random, size: number, inside: number): string {
  const list = random.chance(60)
    ? random.pick([
        'result.items',
        'result.codes',
        'result.tags',
        '1..5',
        '[3, 1, 2]',
        'result',
        "['b', 'a']",
        '[1.5, 2]',
      ])
    : expression(random, Math.floor(size / 2), inside)
  const body = expression(random, Math.floor(size / 2), inside + 1)
  const predicate = random.chance(20) ? `{${body}}` : body
  if (random.chance(60)) {
    const text = `${random.pick(tests)}(${list}, ${predicate})`
    return random.chance(40) ? text + random.pick([' > 0', ' >= 2', '[0]', '[-1]', ' == 1', '.name', ' < 3']) : text
  }
  const extra = random.chance(30) ? `, ${random.pick(["'desc'", "'asc'", '0', '10', "''", 'nil'])}` : ''
  return `${random.pick(folds)}(${list}, ${predicate}${extra})`
}

function postfix(random: Random, base: string, part: (share: number) => string): string {
  switch (random.int(6)) {
    case 0:
      return `${base}.${random.pick(fields)}`
    case 1:
      return `${base}?.${random.pick(fields)}`
    case 2:
      return `${base}[${part(2)}]`
    case 3:
      return `${base}?.[${part(2)}]`
    case 4:
      return `${base}.${random.pick(methods)}`
    default:
      return `${base}[${random.chance(50) ? part(3) : ''}:${random.chance(50) ? part(3) : ''}]`
  }
}

function time(random: Random, part: (share: number) => string): string {
  switch (random.int(5)) {
    case 0:
      return `date(${random.pick(dates)})`
    case 1:
      return `date(${random.pick(dates)}).${random.pick(methods)}`
    case 2:
      return `duration(${random.pick(["'1h'", "'90s'", "'1.5h'", "'-3m'", "'7ns'", "'2d'"])})`
    case 3:
      return `duration('1h').${random.pick(methods)}`
    default:
      return `date(${random.pick(dates)}) ${random.pick(['-', '+', '<', '=='])} ${part(1)}`
  }
}

function special(random: Random, part: (share: number) => string): string {
  switch (random.int(6)) {
    case 0:
      return `${part(1)} matches ${random.pick(patterns)}`
    case 1:
      return `if ${part(3)} {${part(3)}} else {${part(3)}}`
    case 2:
      return `replace(${part(4)}, ${part(4)}, ${part(4)}${random.chance(30) ? `, ${part(4)}` : ''})`
    case 3:
      return `${part(3)} < ${part(3)} <= ${part(3)}`
    case 4:
      return `${part(2)}; ${part(2)}`
    default:
      return `split(${part(2)}, ',', ${part(2)})`
  }
}

const noise = [
  ...spaced(`
    (  )  [  ]  {  }  ,  ;  .  ?.  ??  #  "  '  |  :  ?  =  !  not  in  and  nil  ..  /*  //  1e  0x  _  $env
    let  if  else  é  @  #acc  ::  99999999999999999999  1..999999999  repeat('a', 999999)  *  -  %
  `),
  '`',
  '\\',
  '\n',
  '\u0000',
  '😀',
  '\ud800',
  'b"\\xff"',
  '\\u{110000}',
]

/** Cuts, doubles, swaps and sprinkles. */
export function mutate(random: Random, text: string, other: string): string {
  let mutated = text
  for (let i = random.int(4) + 1; i > 0; i--) {
    const at = random.int(mutated.length + 1)
    const end = Math.min(mutated.length, at + random.int(8))
    switch (random.int(5)) {
      case 0:
        mutated = mutated.slice(0, at) + mutated.slice(end)
        break
      case 1:
        mutated = mutated.slice(0, at) + random.pick(noise) + mutated.slice(at)
        break
      case 2:
        mutated = mutated.slice(0, end) + mutated.slice(at)
        break
      case 3:
        mutated = mutated.slice(0, at) + other.slice(random.int(other.length + 1))
        break
      default:
        mutated = `${mutated.slice(0, at)} ${random.pick(noise)} ${mutated.slice(end)}`
    }
  }
  return mutated.slice(0, 2000)
}
