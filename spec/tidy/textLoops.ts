import { ahead, back, digits, fixed, halves, months, taken, width } from './loopReasons'

// The loops of what reads texts: see loops.ts.

export const textBounds: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'src/expr/builtins/older.ts': {
    'repeat(Number(times))': 'a million times, and the budget of the condition',
  },
  'src/expr/builtins/signatures.ts': {
    'Array(count)': 'the table of builtins, which names 1 to 3 inputs',
  },
  'src/expr/builtins/strings.ts': {
    'repeat(Number(times))': 'a million times, and the budgets of steps and size of the condition',
  },
  'src/expr/evaluate/loops.ts': {
    'for (i < length; i++)': 'the length of a list, and the budget of the condition',
  },
  'src/expr/evaluate/sort.ts': {
    'while (i < left.length && k < right.length)': ahead,
    'while (i < left.length)': ahead,
    'while (k < right.length)': ahead,
    'for (k > 0 && less(copy[k]!, copy[k - 1]!); k--)': back,
  },
  'src/expr/optimize/optimize.ts': {
    'for (i <= mostFolds; i++)': fixed,
  },
  'src/expr/syntax/call.ts': {
    "while (!at(parser, 'Bracket', ')') && !parser.error)": ahead,
  },
  'src/expr/syntax/escapes.ts': {
    'for (let at = 0; at < text.length; )': ahead,
  },
  'src/expr/syntax/parse.ts': {
    "while (token?.kind !== 'EOF')": ahead,
    "while (parser.language.syntax.statements && at(parser, 'Operator', ';') && !parser.error)": ahead,
    "while (token.kind === 'Operator' && !parser.error)": ahead,
    'for (; ; )': ahead,
    "while (at(parser, 'Operator', '?') && !parser.error)": ahead,
  },
  'src/expr/syntax/primary.ts': {
    "while (!at(parser, 'Bracket', ']') && !parser.error)": ahead,
    "while (!at(parser, 'Bracket', '}') && !parser.error)": ahead,
    "while ((parser.current.kind === 'Operator' || parser.current.kind === 'Bracket') && !parser.error)": ahead,
  },
  'src/expr/syntax/tokenize.ts': {
    'while (end < text.length)': ahead,
    "while (text[at] === ' ')": ahead,
    'while (at < text.length)': ahead,
    'while (isAsciiDigit(text[plainEnd]))': ahead,
    'while (at < text.length && digits.includes(text[at]!))': ahead,
    'while (text[at] !== mark)': ahead,
    'for (; ; )': ahead,
  },
  'src/expr/time/encode.ts': {
    'Array.from({ length: size })': '4 or 8 bytes of a number',
  },
  'src/expr/values/equal.ts': {
    'for (i < length; i++)': ahead,
  },
  'src/expr/values/json.ts': {
    'for (let at = 0; at < bytes.length; )': ahead,
  },
  'src/expr/values/parseJson.ts': {
    "for (let char = reader.text[reader.at]; char === ' ' || char === '\\n' || char === '\\t' || char === '\\r'; )":
      ahead,
    'for (; ; )': ahead,
    'while (digit())': ahead,
  },
  'src/go/base64.ts': {
    'for (i < bytes.length; i += 3)': ahead,
    'for (let at = 0; at < text.length; )': ahead,
    'while (digits.length < 4)': ahead,
    'while (isBreak(text[at]))': ahead,
  },
  'src/go/bytes.ts': {
    'for (let at = 0; at < bytes.length; )': ahead,
    'for (i < size; i++)': 'the bytes of one character: 4',
    'for (at < bytes.length; count++)': ahead,
  },
  'src/go/csv.ts': {
    'while (at < usable.length)': ahead,
    'while (true)': ahead,
  },
  'src/go/duration.ts': {
    'for (let at = 0; at < body.length; )': ahead,
    'while (isDigit(body[at]))': ahead,
    "while (at < body.length && body[at] !== '.' && !isDigit(body[at]))": ahead,
    'padStart(places + 1)': '3, 6 or 9 decimal places',
  },
  'src/go/durationSeconds.ts': {
    'for (at < last; at++)': 'six letters',
  },
  'src/go/goFormat.ts': {
    "for (percent >= 0; percent = text.indexOf('%', at))": ahead,
  },
  'src/go/json/goJson.ts': {
    'while (to > 0 && (keys[to - 1] as string) > key)': back,
    'for (i < text.length; i++)': ahead,
    'for (i < length; i++)': ahead,
    'while (top)': taken,
  },
  'src/go/json/json.ts': {
    'while (isSpace(cursor.text[cursor.at]))': ahead,
    'for (i < word.length; i++, cursor.at++)': ahead,
    'while (isDigit(cursor.text[cursor.at]))': ahead,
    'while (true)': ahead,
    'for (i < 4; i++, cursor.at++)': fixed,
  },
  'src/go/power.ts': {
    'for (left >= 1; left = Math.floor(left / 2))': '64: the number is below 2^63 and halved',
    'while (left > 1000 && Number.isFinite(scaled))': 'two rounds: a double leaves its range',
    'while (left < -1000 && scaled !== 0)': 'two rounds: a double leaves its range',
  },
  'src/go/printNumber.ts': {
    'repeat(-point)': digits,
    'repeat(point - digits.length)': digits,
    'padStart(places + 1)': 'places, which printf bounds at 1,000',
  },
  'src/go/quote.ts': {
    'padStart(digits)': '2, 4 or 8 hexadecimal digits',
    'for (let at = 0; at < bytes.length; )': ahead,
  },
  'src/go/regex.ts': {
    'for (at < pattern.length; at++)': ahead,
    'for (at < pattern.length && total < mostSize * 2; at++)': ahead,
    "for (at < pattern.length && pattern[at] !== ']'; at++)": ahead,
  },
  'src/go/strings.ts': {
    'while (from < runes.length && drop(runes[from]!.code))': ahead,
    'while (to > from && drop(runes[to - 1]!.code))': back,
    'while (count < 0 || parts.length < count - 1)': ahead,
    'while (at < bytes.length && (count < 0 || parts.length < count - 1))': ahead,
    'for (i <= runes.length; i++)': ahead,
    'while (end > 0 && text[end - 1] === character)': back,
  },
  'src/go/time/civil.ts': {
    'while (month > 1 && daysBeforeMonth(year, month - 1) > dayOfYear)': months,
  },
  'src/go/time/format.ts': {
    'padStart(width)': 'the layout: at most nine digits',
    'padEnd(layout.length - 1)': width,
  },
  'src/go/time/goTime.ts': {
    'for (earlier < month; earlier++)': months,
    'while (left >= daysIn(year, month))': months,
  },
  'src/go/time/layout.ts': {
    'for (let at = 0; at < layout.length; )': ahead,
  },
  'src/go/time/parse.ts': {
    'for (at < prefix.length; at++)': ahead,
    "while (prefix[at + 1] === ' ')": ahead,
    'while (day > daysInMonth(year, month))': months,
  },
  'src/go/unicode.ts': {
    'for (let at = 0; at < bytes.length; )': ahead,
  },
  'src/go/url/punycode.ts': {
    'for (left > ((base - tMin) * tMax) >> 1; steps += base)': 'divided by 35 each round',
    'for (handled < points.length; number++, delta++)':
      'the characters of a label: each round jumps to the next one that is there',
    'for (let step = base; ; step += base)': 'divided by more than 1 each round, until below the threshold',
  },
  'src/go/url/urlEscape.ts': {
    'for (i < bytes.length; i++)': ahead,
  },
  'src/input/answers/window.ts': {
    'while (bound.to < list.length && (list[bound.to]?.seconds ?? 0) <= time)': ahead,
    'while (bound.from < bound.to && (list[bound.from]?.seconds ?? 0) + windowSeconds <= time)': ahead,
  },
  'src/input/editYaml.ts': {
    "repeat(start - text.lastIndexOf('\\n', start - 1) - 1)": width,
  },
  'src/input/limits.ts': {
    'for (i < text.length && bytes <= most; i++)': ahead,
  },
  'src/input/nearest.ts': {
    'Array.from({ length: right.length + 1 })': width,
    'for (i <= left.length; i++)': ahead,
    'for (j <= right.length; j++)': ahead,
  },
  'src/input/normalize.ts': {
    "while (definition.type === 'optional' || definition.type === 'nullable' || definition.type === 'default')":
      'the nesting of our own schemas',
  },
  'src/input/parseManifests.ts': {
    'for (; ; )': taken,
    'while (open.length > 0 && open.at(-1)!.next >= open.at(-1)!.items.length)': ahead,
  },
  'src/input/places.ts': {
    'for (i >= 0; i -= 2)': back,
    'while (low < high)': halves,
    "for (at >= 0; at = text.indexOf('\\n', at + 1))": ahead,
  },
  'src/input/plainData.ts': {
    'for (; ; )': taken,
    'while (open.length > 0 && open.at(-1)!.next >= open.at(-1)!.length)': ahead,
  },
  'src/input/series/seriesCsv.ts': {
    'while (at < text.length)': ahead,
    'while (!isOver)': ahead,
    "while (at < text.length && text[at] !== '\\n' && text[at] !== '\\r')": ahead,
    "while (text[at] === ' ' || text[at] === '\\t')": ahead,
    'while (!isEnd(text[end]))': ahead,
    "while (close >= 0 && text[close + 1] === '\"')": ahead,
  },
  'src/input/text/jsonText.ts': {
    'for (let index = 0; ; index++)': ahead,
    'for (; ; )': ahead,
    'for (top; top = scan.open.at(-1))': ahead,
    'for (at < text.length; at++)': ahead,
    "while (scan.at < text.length && '+-.0123456789eE'.includes(text[scan.at]!))": ahead,
  },
  'src/input/text/yamlText.ts': {
    "while (text[at] === ' ')": ahead,
  },
  'src/metrics/http/client.ts': {
    'while (true)': 'ten redirects, as in Go',
  },
  'src/metrics/jsonPath/evaluate.ts': {
    'for (i < path.nodes.length; i++)': ahead,
    'while (stack.length > 0)': taken,
    'for (i < range.to; i += range.step)': 'the list: sliceRange cuts both ends to it and refuses steps below 1',
  },
  'src/metrics/jsonPath/filter.ts': {
    'while (from < chars.length && !isOperator(chars[from]))': ahead,
    'while (isOperator(chars[to]))': ahead,
  },
  'src/metrics/jsonPath/parse.ts': {
    'while (cursor.at < chars.length)': ahead,
    'while (true)': ahead,
    'while (!isTerminator(cursor.chars[at]))': ahead,
    'while (!isTerminator(cursor.chars[cursor.at]))': ahead,
    "while (cursor.chars[cursor.at] === '.' || isDigit(cursor.chars[cursor.at]))": ahead,
    "while (cursor.chars[at] !== quote || cursor.chars[at - 1] === '\\\\')": ahead,
  },
  'src/metrics/jsonPath/slice.ts': {
    "while (cursor.chars[at] !== ']')": ahead,
    "while (text[from] === ' ')": ahead,
    "while (to > from && text[to - 1] === ' ')": back,
  },
  'src/go/unquote.ts': {
    'for (let at = 0; at < chars.length; )': ahead,
  },
  'src/metrics/providers/fluxTables.ts': {
    'Array.from({ length: width })': 'the cells of a row that was read',
  },
  'src/metrics/providers/newRelicClient.ts': {
    'for (let retry = 0; ; retry++)': 'maxRetries',
  },
  'src/metrics/request.ts': {
    "while (exchange.kind === 'ask')": 'the exchange: it answers questions itself, and stops at the first request',
  },
}
