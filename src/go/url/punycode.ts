// RFC 3492, section 5: the parameters of punycode.
const base = 36
const [tMin, tMax, skew, damp, initialBias, initialNumber] = [1, 26, 38, 700, 72, 128]

/** A digit as a letter or a numeral: a to z, 0 to 9. */
const letter = (digit: number): string => String.fromCharCode(digit < 26 ? digit + 97 : digit + 22)

function adapted(delta: number, count: number, isFirst: boolean): number {
  let left = isFirst ? Math.floor(delta / damp) : delta >> 1
  left += Math.floor(left / count)
  let steps = 0
  for (; left > ((base - tMin) * tMax) >> 1; steps += base) left = Math.floor(left / (base - tMin))
  return steps + Math.floor(((base - tMin + 1) * left) / (left + skew))
}

/** One label of a host name in ASCII letters, without the prefix `xn--`. */
function encodeLabel(label: string): string {
  const points = [...label].map((character) => character.codePointAt(0) ?? 0)
  const plain = points.filter((point) => point < initialNumber)
  let output = String.fromCharCode(...plain) + (plain.length > 0 ? '-' : '')
  let [number, delta, bias] = [initialNumber, 0, initialBias]
  for (let handled = plain.length; handled < points.length; number++, delta++) {
    const next = points.reduce((least, point) => (point >= number && point < least ? point : least), 0x10ffff)
    delta += (next - number) * (handled + 1)
    number = next
    for (const point of points) {
      if (point < number) delta++
      if (point !== number) continue
      output += variableLength(delta, bias)
      bias = adapted(delta, handled + 1, handled === plain.length)
      delta = 0
      handled++
    }
  }
  return output
}

function variableLength(delta: number, bias: number): string {
  let text = ''
  let rest = delta
  for (let step = base; ; step += base) {
    const threshold = Math.min(Math.max(step - bias, tMin), tMax)
    if (rest < threshold) return text + letter(rest)
    text += letter(threshold + ((rest - threshold) % (base - threshold)))
    rest = Math.floor((rest - threshold) / (base - threshold))
  }
}

const mostHostLength = 1000

/**
 * A host name as it goes over the wire: letters beyond ASCII are mapped to their usual forms and written in punycode,
 * label by label (RFC 5891, UTS 46). What is plain ASCII stays as it is, capitals too.
 */
export function asciiHost(host: string): string {
  const isPlain = [...host].every((character) => character < '\u0080')
  if (isPlain || host.length > mostHostLength) return host
  const labels = host
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
    .split(/[.\u3002]/)
  return labels
    .map((label) => ([...label].every((character) => character < '\u0080') ? label : `xn--${encodeLabel(label)}`))
    .join('.')
}
