import { decodeBase64 } from '../../go/base64'
import { fromBytes, toBytes } from '../../go/bytes'

/** The UTF-8 text that Base64 represents; undefined if it is no Base64, or no text. */
export function textOfBase64(written: string): string | undefined {
  const decoded = decodeBase64(written.replace(/\s/g, ''))
  if ('badByteAt' in decoded) return undefined
  const text = fromBytes(decoded.bytes)
  return toBytes(text) === decoded.bytes ? text : undefined
}
