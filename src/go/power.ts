/** math.Pow of Go on amd64, to the last bit. */

/**
 * math.Pow. Go multiplies by repeated squaring of a mantissa in [0.5, 1), which can differ from JavaScript in the last
 * bit; and 1 to any power, as well as -1 to an infinite one, is 1.
 */
export function power(base: number, exponent: number): number {
  if (exponent === 0 || base === 1) return 1
  if (exponent === 1) return base
  if (base === -1 && !Number.isFinite(exponent) && !Number.isNaN(exponent)) return 1
  if (!Number.isFinite(base) || !Number.isFinite(exponent) || base === 0) return base ** exponent
  if (exponent === 0.5) return Math.sqrt(base)
  if (exponent === -0.5) return 1 / Math.sqrt(base)
  return finitePower(base, exponent)
}

function finitePower(base: number, exponent: number): number {
  const size = Math.abs(exponent)
  let whole = Math.trunc(size)
  let rest = size - whole
  if (rest !== 0 && base < 0) return Number.NaN
  if (whole >= 2 ** 63) return base ** exponent
  let result = 1
  let resultExponent = 0
  if (rest !== 0) {
    if (rest > 0.5) {
      rest -= 1
      whole += 1
    }
    result = exponential(rest * logarithm(base))
  }
  let [mantissa, mantissaExponent] = splitFloat(base)
  for (let left = whole; left >= 1; left = Math.floor(left / 2)) {
    if (mantissaExponent < -4096 || mantissaExponent > 4096) {
      resultExponent += mantissaExponent
      break
    }
    if (left % 2 === 1) {
      result *= mantissa
      resultExponent += mantissaExponent
    }
    mantissa *= mantissa
    mantissaExponent *= 2
    if (mantissa < 0.5) {
      mantissa += mantissa
      mantissaExponent -= 1
    }
  }
  if (exponent < 0) {
    result = 1 / result
    resultExponent = -resultExponent
  }
  return scaleFloat(result, resultExponent)
}

/** Mantissa in [0.5, 1) and exponent of two. */
function splitFloat(value: number): [number, number] {
  const exponent = Math.floor(Math.log2(Math.abs(value))) + 1
  let mantissa = scaleFloat(value, -exponent)
  let shift = exponent
  if (Math.abs(mantissa) >= 1) {
    mantissa /= 2
    shift += 1
  } else if (Math.abs(mantissa) < 0.5) {
    mantissa *= 2
    shift -= 1
  }
  return [mantissa, shift]
}

/** value * 2^exponent with one rounding, also where 2^exponent alone is no float. */
function scaleFloat(value: number, exponent: number): number {
  let scaled = value
  let left = exponent
  while (left > 1000 && Number.isFinite(scaled)) {
    scaled *= 2 ** 1000
    left -= 1000
  }
  while (left < -1000 && scaled !== 0) {
    // Leave the last step large enough: only one rounding into the subnormal range.
    if (Math.abs(scaled) < 2 ** -100) break
    scaled *= 2 ** -900
    left += 900
  }
  return left < -1074 ? scaled * 2 ** -1000 * 2 ** (left + 1000) : scaled * 2 ** left
}

/** Eight bytes to look at the bits of a float. */
const floatView = (): DataView => new DataView(new ArrayBuffer(8))

const lnOfTwoHigh = 0.6931471803691238
const lnOfTwoLow = 1.9082149292705877e-10

/** math.Log of a positive finite number: the series of fdlibm, in the order in which the processor gets it. */
function logarithm(value: number): number {
  const view = floatView()
  view.setFloat64(0, value)
  const high = view.getUint32(0)
  view.setUint32(0, (high & 0xfffff) | 0x3fe00000)
  const mantissa = view.getFloat64(0)
  const isLow = mantissa <= Math.SQRT1_2
  const exponent = (high >>> 20) - 0x3fe - (isLow ? 1 : 0)
  const f = mantissa * (isLow ? 2 : 1) - 1
  const s = f / (2 + f)
  const s2 = s * s
  const s4 = s2 * s2
  const odd = 0.14798198605116586 * s4 + 0.1818357216161805
  const t1 = s2 * ((odd * s4 + 0.2857142874366239) * s4 + 0.6666666666666735)
  const even = 0.15313837699209373 * s4 + 0.22222198432149784
  const t2 = s4 * (even * s4 + 0.3999999999940942)
  const half = 0.5 * f * f
  const sum = s * (half + (t1 + t2)) + exponent * lnOfTwoLow
  return exponent * lnOfTwoHigh - (half - sum - f)
}

/** 1/8!, 1/7!, ..., 1/2!, 1: the coefficients of the series in the nesting order. */
const series = [
  0.0001984126984126984, 0.001388888888888889, 0.008333333333333333, 0.041666666666666664, 0.16666666666666666, 0.5, 1,
] as const

/** math.Exp where neither argument nor result is near the ends of the floats. */
function exponential(value: number): number {
  if (Number.isNaN(value)) return value
  const view = floatView()
  const exponent = roundHalfEven(value * Math.LOG2E)
  const reduced = multiplyAdd(
    view,
    -exponent,
    2.8235290563031577e-13,
    multiplyAdd(view, -exponent, 0.693147180559663, value),
  )
  // A sixteenth, so that a short series is enough; squared back four times below, with 1 taken off throughout.
  const x = reduced * 0.0625
  let sum = 2.48015873015873e-5
  for (const coefficient of series) sum = multiplyAdd(view, sum, x, coefficient)
  let less1 = x * sum
  for (let i = 0; i < 3; i++) less1 *= less1 + 2
  return scaleFloat(multiplyAdd(view, less1, less1 + 2, 1), exponent)
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor
}

type Exact = readonly [rounded: number, error: number]

function exactSum(left: number, right: number): Exact {
  const sum = left + right
  const part = sum - left
  return [sum, left - (sum - part) + (right - part)]
}

function split(value: number): readonly [high: number, low: number] {
  const scaled = value * 134_217_729
  const high = scaled - (scaled - value)
  return [high, value - high]
}

function exactProduct(left: number, right: number): Exact {
  const product = left * right
  const [leftHigh, leftLow] = split(left)
  const [rightHigh, rightLow] = split(right)
  const error = leftHigh * rightHigh - product + leftHigh * rightLow + leftLow * rightHigh + leftLow * rightLow
  return [product, error]
}

/** left * right + addend with a single rounding, as the fused instruction of the processor (Boldo and Melquiond). */
function multiplyAdd(view: DataView, left: number, right: number, addend: number): number {
  const [product, productError] = exactProduct(left, right)
  const [low, lowError] = exactSum(addend, productError)
  const [high, highError] = exactSum(product, low)
  return high + sumToOdd(view, highError, lowError)
}

/**
 * The sum; where it is not exact, that neighbour of it whose last bit is 1, so that a later rounding is the only one.
 */
function sumToOdd(view: DataView, left: number, right: number): number {
  const [sum, error] = exactSum(left, right)
  if (error === 0) return sum
  view.setFloat64(0, sum)
  const low = view.getUint32(4)
  if (low & 1) return sum
  const away = error > 0 === sum > 0
  // An even last word has room for one more; one less may have to be borrowed.
  if (!away && low === 0) view.setUint32(0, view.getUint32(0) - 1)
  view.setUint32(4, away ? low + 1 : low - 1)
  return view.getFloat64(0)
}
