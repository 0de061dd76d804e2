import { describe, expect, it } from 'vitest'
import { goJson, goKeys, goNumber, goString } from '../../src/go/json/goJson'
import { formatGoTime, isZeroTime, parseGoTime } from '../../src/go/time/goTime'
import { fnv32a, fnv32aOf } from '../../src/kube/hash/fnv32a'
import { encodedHash, safeEncode } from '../../src/kube/hash/safeEncode'
import { joined, quote, type Sink } from '../../src/kube/types/sink'
import { fc } from '../properties/fc'

describe('FNV-1a', () => {
  it('gives the published sums', () => {
    expect(fnv32a('')).toBe(0x811c9dc5)
    expect(fnv32a('a')).toBe(0xe40c292c)
    expect(fnv32a('foobar')).toBe(0xbf9cf968)
  })

  it('sums UTF-8 bytes, wherever the text ends', () => {
    const bytewise = (bytes: Iterable<number>) => {
      let hash = 0x811c9dc5
      for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
      return hash >>> 0
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.array(fc.nat(255)), (wide, plain, tail) => {
        for (const text of [wide, plain, `${plain}\ud83d`, `\udc00${wide}`]) {
          expect(fnv32a(text, tail)).toBe(bytewise([...Buffer.from(text, 'utf8'), ...tail]))
        }
      }),
      { verbose: 1, numRuns: 500 },
    )
  })

  it('knows the borders of UTF-8', () => {
    // sums of the bytes, as any other program gives them
    const sums = [
      '\u007f',
      '\u0080',
      '\u07ff',
      '\u0800',
      '\ud7ff',
      '\ud800',
      '\udfff',
      '\ue000',
      '\uffffa',
      '\u{10000}a',
      '\u{10ffff}a',
    ]
    for (const text of sums) {
      let hash = 0x811c9dc5
      for (const byte of Buffer.from(text, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193)
      expect([text, fnv32a(text)]).toEqual([text, hash >>> 0])
    }
  })

  it('is spelled without vowels', () => {
    expect(safeEncode('0123456789')).toBe('456789bcdf')
    fc.assert(
      fc.property(fc.oneof(fc.nat({ max: 1100 }), fc.integer({ min: 0, max: 0xffffffff })), (hash) => {
        expect(encodedHash(hash)).toBe(safeEncode(String(hash)))
      }),
    )
  })

  it('is that of the printed text, whichever way its pieces come', () => {
    const texts = fc.array(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('<b>', '"', 'é', '😀')))
    fc.assert(
      fc.property(texts, (texts) => {
        const print = (sink: Sink): void => {
          for (const text of texts) {
            sink.constant(quote)
            sink.letters(text)
            sink.text('",')
          }
        }
        const whole = texts.map((text) => `${goString(text)},`).join('')
        expect(joined(print)).toBe(whole)
        expect(fnv32aOf(print)).toBe(fnv32a(whole))
      }),
    )
  })
})

describe("Go's JSON", () => {
  it('sorts keys, few or many', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 20 }), (names) => {
        const keys = names.map((name) => `k${name}`)
        expect(goKeys(Object.fromEntries(keys.map((key) => [key, 1])))).toEqual([...keys].sort())
      }),
    )
  })

  it('escapes what HTML and JavaScript could trip over, and nothing more', () => {
    expect(goString('a/b~\u007fé😀')).toBe('"a/b~\u007fé😀"')
    expect(goString('"\\\b\f\n\r\t')).toBe('"\\"\\\\\\b\\f\\n\\r\\t"')
    expect(goString('\u0000\u001f<>&\u2028\u2029')).toBe('"\\u0000\\u001f\\u003c\\u003e\\u0026\\u2028\\u2029"')
    expect(goString('\udc00\udc00\ud800\ue000\ud800\ud800\udc00\udfff')).toBe(
      '"\ufffd\ufffd\ufffd\ue000\ufffd\ud800\udc00\ufffd"',
    )
    expect(goString('x\ud800y\udc00\ud83d\ude00\ud83d')).toBe('"x\ufffdy\ufffd\ud83d\ude00\ufffd"')
  })

  it('reads back as the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(JSON.parse(goString(text))).toBe(text)
        expect(goString(text)).not.toMatch(/[<>&\u2028\u2029]/)
      }),
      { verbose: 1, numRuns: 500 },
    )
  })

  it('writes numbers as Go does', () => {
    expect([0, -0, 1e20, 1e21, 1e-6, 1e-7, 1e-10, 0.1, 2 ** 53 + 2, 2 ** 62, 2 ** 63, -1.5].map(goNumber)).toEqual(
      ['0', '0', '100000000000000000000', '1e+21', '0.000001', '1e-7', '1e-10', '0.1', '9007199254740994'].concat([
        '4611686018427387904',
        '9223372036854776000',
        '-1.5',
      ]),
    )
  })

  it('orders keys by their UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'binary' })), (keys) => {
        const bytes = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        expect(goKeys(Object.fromEntries(keys.map((key) => [key, 1])))).toEqual(bytes)
      }),
      { verbose: 1, numRuns: 500 },
    )
    const high = ['\uffff', '\ud800\udc00', '\ue000', '\udbff\udfff', 'z', 'z\ue000', 'z\ud83d\ude00', '']
    expect(goKeys(Object.fromEntries(high.map((key) => [key, 1])))).toEqual([
      '',
      'z',
      'z\ue000',
      'z\ud83d\ude00',
      '\ue000',
      '\uffff',
      '\ud800\udc00',
      '\udbff\udfff',
    ])
  })

  it('knows keys that only differ in lone surrogates as one; the last one counts', () => {
    expect(goJson({ '\ud800': 1, a: 2, '\udfff': 3 })).toBe('{"a":2,"\ufffd":3}')
  })

  it('is compact, sorted JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(goJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
      { verbose: 1, numRuns: 500 },
    )
    expect(goJson({ b: [], a: {}, c: [1, [true, null], { z: '' }] })).toBe(
      '{"a":{},"b":[],"c":[1,[true,null],{"z":""}]}',
    )
  })

  it('prints null for what is no JSON', () => {
    expect(goJson([undefined, Number.NaN, Number.POSITIVE_INFINITY, () => 1, Symbol('s'), 1n])).toBe(
      '[null,null,null,null,null,null]',
    )
    const circle: unknown[] = []
    circle.push(circle)
    expect(goJson(circle)).toBe(`${'['.repeat(10_000)}null${']'.repeat(10_000)}`)
  })
})

describe("Go's time", () => {
  const printed = (text: string) => {
    const time = parseGoTime(text)
    return time && formatGoTime(time)
  }

  it('prints in UTC with whole seconds', () => {
    expect(printed('2030-01-01T05:30:00+05:30')).toBe('2030-01-01T00:00:00Z')
    expect(printed('2030-12-31T23:59:59.999-00:30')).toBe('2031-01-01T00:29:59Z')
    expect(printed('1969-12-31T23:59:59.5Z')).toBe('1969-12-31T23:59:59Z')
    expect(printed('9999-12-31T23:59:59-01:00')).toBe('10000-01-01T00:59:59Z')
    expect(printed('0000-02-29T00:00:00Z')).toBe('0000-02-29T00:00:00Z')
    expect(printed('0000-01-01T00:00:00+01:00')).toBe('-0001-12-31T23:00:00Z')
  })

  it('reads what Go reads beyond RFC 3339, and refuses what Go refuses', () => {
    expect(printed('2030-01-01T5:00:00,5+24:60')).toBe('2029-12-31T04:00:00Z')
    expect(parseGoTime('2030-01-01T00:00:00.1234567899Z')?.nanoseconds).toBe(123456789)
    const wrong = [
      '2030-02-29T00:00:00Z',
      '1900-02-29T00:00:00Z',
      '2030-13-01T00:00:00Z',
      '2030-00-01T00:00:00Z',
      '2030-01-00T00:00:00Z',
    ]
    wrong.push(
      '2030-01-01T24:00:00Z',
      '2030-01-01T00:60:00Z',
      '2030-01-01T00:00:60Z',
      '2030-01-01t00:00:00Z',
      '2030-01-01T00:00:00z',
    )
    wrong.push(
      '2030-01-01T00:00:00',
      '2030-01-01T00:00:00+25:00',
      '2030-01-01T00:00:00+00:61',
      '2030-01-01T00:00:00.Z',
      '',
      ' 2030-01-01T00:00:00Z',
    )
    for (const text of wrong) expect([text, printed(text)]).toEqual([text, undefined])
    const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    for (const [i, days] of lengths.entries()) {
      const day = (number: number) => `2030-${String(i + 1).padStart(2, '0')}-${number}T00:00:00Z`
      expect([printed(day(days)), printed(day(days + 1))]).toEqual([day(days), undefined])
    }
    expect(printed('2000-02-29T00:00:00Z')).toBe('2000-02-29T00:00:00Z')
  })

  it('has a zero', () => {
    expect(isZeroTime(parseGoTime('0001-01-01T01:00:00+01:00')!)).toBe(true)
    expect(isZeroTime(parseGoTime('0001-01-01T00:00:00.1Z')!)).toBe(false)
  })

  it('keeps the calendar', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          const text = `${date.toISOString().slice(0, 19)}Z`
          expect(parseGoTime(text)?.seconds).toBe(Math.floor(date.getTime() / 1000))
          expect(printed(text)).toBe(text)
        },
      ),
      { verbose: 1, numRuns: 1000 },
    )
  })
})
