import { describe, expect, it } from 'vitest'
import { isCanonical } from '../../../src/kube/quantity/canonical'
import { parseQuantity } from '../../../src/kube/quantity/parseQuantity'
import { canonicalQuantity, printQuantity } from '../../../src/kube/quantity/printQuantity'
import { milliExponent, quantityWorth, roundUp } from '../../../src/kube/quantity/quantity'
import { fc } from '../../properties/fc'

const canonical: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'takes the largest unit that needs no fraction': {
    '1024Mi': '1Gi',
    '1536Mi': '1536Mi',
    '1.5Gi': '1536Mi',
    '7.5Ei': '7680Pi',
    '2000': '2k',
    '1000k': '1M',
    '0.5': '500m',
    '100E': '100E',
    '1e1': '10',
    '1e19': '10e18',
    '15e-1': '1500e-3',
  },
  'keeps a text that already looks canonical': {
    '1.500': '1.500',
    '007': '007',
    '+5': '+5',
    '+500m': '+500m',
    '1.': '1.',
    '1.Mi': '1.Mi',
    '007Mi': '007Mi',
    '9Mi': '9Mi',
    '12e6': '12e6',
    '1E3': '1E3',
    '1e+3': '1e+3',
    '10e0': '10e0',
  },
  'forgets the text where it does not': {
    '+0.5': '500m',
    '1.000': '1',
    '1.5000': '1500m',
    '1000e0': '1e3',
    '+8Mi': '8Mi',
    '01.5Gi': '1536Mi',
  },
  'rounds away from zero below 1n': {
    '0.1n': '1n',
    '1.5n': '2n',
    '-1.5n': '-2n',
    '0.9999999999': '1',
    '1.0000000000000000000000': '1',
    '1.0000000000000000000001': '1000000001n',
    '0.1234567891': '123456790n',
    '1e-20': '1e-9',
    '0.00000000000000000001Ki': '1n',
  },
  'leaves binary units where they would lose something': {
    '0.1Gi': '107374182400m',
    '1.3Ki': '1331200m',
    '0.5Ki': '512',
    '-0.5Ki': '-512',
    '1023.5Ki': '1048064',
  },
  'caps binary units at 2^63-1, decimal ones nowhere': {
    '8Ei': '9223372036854775807',
    '-8Ei': '-9223372036854775807',
    '99999999999999999999Mi': '9223372036854775807',
    '7.99999999999999999999999999Ei': '9223372036854775807',
    '9223372036854775808': '9223372036854775808',
    '12345678901234567890': '12345678901234567890',
  },
  'prints no unit beyond E, as Kubernetes does': {
    '1000E': '1',
    '1500E': '1500E',
    '1000000000000000000000': '1',
    '12000E': '12',
  },
  'counts exponents in an int32': {
    '1e999999999': '1e999999999',
    '1e1000000000': '10e999999999',
    '1e4294967299': '1e4294967299',
    '10e4294967297': '100',
    '10e2147483647': '10e2147483647',
  },
  'takes zero in every dress': {
    '0': '0',
    '-0': '0',
    '000': '0',
    '0.0': '0',
    '0e5': '0',
    '0Mi': '0',
    '0Ei': '0',
    '.': '0',
    '+': '0',
    m: '0',
    Mi: '0',
    e5: '0',
  },
}

const refused = [
  '',
  ' ',
  '1 ',
  ' 1',
  '1.5.5',
  '1e',
  '1e+',
  '1E-',
  '1ee5',
  '1e5x',
  '1Ki5',
  '1K',
  '1mi',
  '1i',
  '--1',
  '0x10',
  '1,5',
].concat(['.Ei', 'Ei', 'e-20', '1e9223372036854775808', '1e-9223372036854775809', 'NaN', '١', '1\u0000'])

describe('a quantity', () => {
  for (const [rule, cases] of Object.entries(canonical)) {
    it(rule, () => {
      for (const [text, printed] of Object.entries(cases))
        expect(`${text} -> ${canonicalQuantity(text)}`).toBe(`${text} -> ${printed}`)
    })
  }

  it('is refused where Kubernetes refuses it', () => {
    for (const text of refused) expect([text, canonicalQuantity(text)]).toEqual([text, undefined])
  })

  it('is worth the same in any unit', () => {
    const worth = (text: string) => quantityWorth(parseQuantity(text)!)
    expect(worth('1Gi')).toBe(worth('1073741824'))
    expect(worth('0.5')).toBe(worth('500m'))
    expect(worth('1e3')).toBe(worth('1.0k'))
    expect(worth('-0')).toBe(worth('0Mi'))
    expect(worth('1')).not.toBe(worth('-1'))
    expect(worth('1M')).not.toBe(worth('1Mi'))
  })

  it('rounds up to thousandths, away from zero, and is the same object where there is nothing to round', () => {
    const rounded = (text: string) => printQuantity(roundUp(parseQuantity(text)!, milliExponent))
    expect(['1u', '-1u', '1500u', '999999n', '9999u'].map(rounded)).toEqual(['1m', '-1m', '2m', '1m', '10m'])
    const whole = parseQuantity('1500m')!
    expect(roundUp(whole, milliExponent)).toBe(whole)
  })

  it('takes linear time for hostile texts', () => {
    const million = '9'.repeat(1_000_000)
    expect(canonicalQuantity(`${million}e-1000000`)).toBe('1')
    expect(canonicalQuantity(`0.${million}Ki`)).toBe('1Ki')
    expect(canonicalQuantity(`1.${'0'.repeat(1_000_000)}1Ki`)).toBe('1024000000001n')
    expect(canonicalQuantity(`${million}Ki`)).toBe('9223372036854775807')
    expect(canonicalQuantity(`1e${million}`)).toBeUndefined()
    expect(canonicalQuantity(`1e-2147483647`)).toBe('1e-9')
    expect(canonicalQuantity('1'.repeat(1_000_000))).toHaveLength(1_000_000)
  })

  // below 10^18, where no unit is lost
  const suffix = fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'e3', 'E-3', 'e7')
  const quantityText = fc
    .tuple(fc.constantFrom('', '+', '-'), fc.stringMatching(/^\d{1,8}$/), fc.stringMatching(/^(\.\d{0,9})?$/), suffix)
    .map((parts) => parts.join(''))

  it('prints a text that reads as the same worth and prints as itself', () => {
    fc.assert(
      fc.property(quantityText, (text) => {
        const quantity = parseQuantity(text)!
        const printed = printQuantity(quantity)
        expect(quantityWorth(parseQuantity(printed)!)).toBe(quantityWorth(quantity))
        expect(canonicalQuantity(printed)).toBe(printed)
      }),
      { verbose: 1, numRuns: 1000 },
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+.0-9eEinumkKMGTP]{0,30}$/)), (text) => {
        const printed = canonicalQuantity(text)
        expect(printed === undefined || printed.length > 0).toBe(true)
      }),
      { verbose: 1, numRuns: 1000 },
    )
  })
})

describe('a text that is canonical at first sight', () => {
  const written = fc.tuple(
    fc.oneof(fc.nat(2000).map(String), fc.nat(9_999_999).map(String), fc.constantFrom('', '00', '+1', '1.0')),
    fc.constantFrom('', 'm', 'k', 'M', 'G', 'T', 'P', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'i', 'K', 'mi', 'Mix'),
  )

  it('prints as itself', () => {
    let seen = 0
    fc.assert(
      fc.property(written, ([count, unit]) => {
        const text = count + unit
        if (!isCanonical(text)) return
        seen++
        const quantity = parseQuantity(text)
        expect(quantity && printQuantity(quantity), text).toBe(text)
      }),
      { numRuns: 2000 },
    )
    expect(seen).toBeGreaterThan(300)
  })

  it('is nearly every text that people write', () => {
    for (const text of ['100m', '250m', '1', '2', '64Mi', '128Mi', '1Gi', '512Mi', '1500m'])
      expect(isCanonical(text)).toBe(true)
    for (const text of ['1024Mi', '1000m', '0', '0.5', '', 'Mi', '007']) expect(isCanonical(text)).toBe(false)
  })
})
