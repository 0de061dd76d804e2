import { invalid, missing, printed, tooLong } from '../fieldError'
import { byteLength, dnsLabel, dnsSubdomain } from '../names'
import { type Format, type Rule, report, type Spot, textAt } from '../rule'

// Names of certificate signers: `example.com/signer`.

const mostDomainBytes = 253
const mostNameBytes = 253 + 1 + 253 + 63 + 1

export const signerName: Rule = (spot) => {
  const name = textAt(spot.value)
  const [domain = '', path = '', ...rest] = name.split('/')
  if (name === '') return report(spot, missing(spot.path))
  if (!name.includes('/') || rest.length > 0) {
    const detail = "must be a fully qualified domain and path of the form 'example.com/signer-name'"
    return report(spot, invalid(spot.path, name, detail))
  }
  if (byteLength(domain) > mostDomainBytes) report(spot, tooLong(spot.path, mostDomainBytes))
  firstMalformed(spot, domain, dnsLabel)
  if (!domain.includes('.')) {
    report(spot, invalid(spot.path, domain, 'should be a domain with at least two segments separated by dots'))
  }
  firstMalformed(spot, path, dnsSubdomain)
  if (byteLength(name) > mostNameBytes) report(spot, tooLong(spot.path, mostNameBytes))
}

/** Only the first malformed part is complained about. */
function firstMalformed(spot: Spot, segment: string, format: Format): void {
  const part = segment.split('.').find((text) => format(text).length > 0)
  if (part === undefined) return
  for (const detail of format(part)) {
    report(spot, invalid(spot.path, segment, `validating label ${printed(part)}: ${detail}`))
  }
}

export const isKubernetesSigner = (name: string): boolean => /^([^/]*\.)?kubernetes\.io(\/|$)/.test(name)

const unsigned = 'ClusterTrustBundle without signer name must not have ":" in its name'

/** `example.com:signer:name` belongs to a signer, `name` to none. */
export const trustBundleName: Format = (name) => {
  const at = name.lastIndexOf(':')
  // a colon in front of all names no signer
  const details = at === 0 ? [unsigned] : dnsSubdomain(name.slice(at + 1))
  return details.map((detail) => `not a valid clustertrustbundlename: ${detail}`)
}
