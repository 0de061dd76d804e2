import { goJson } from '../../go/json/goJson'
import { invalid, invalidPrinted, missing } from '../fieldError'
import { labelSelector } from '../labels'
import {
  all,
  childOf,
  field,
  fieldsAt,
  formatted,
  isSet,
  itemsOf,
  listAt,
  never,
  numberAt,
  oneOf,
  own,
  type Rule,
  report,
  required,
  type Spot,
  textAt,
} from '../rule'
import { downwardFile } from './downwardApi'
import { fileMode, unreservedPath } from './paths'
import { printedLabelSelector, printedTrustBundle } from './printed'
import { isKubernetesSigner, signerName, trustBundleName } from './signers'

/** Files that are already there. Complaints about a second one stand at the volume. */
type Claim = (path: string, shown: string) => void

const leastTokenSeconds = 600
const mostTokenSeconds = 2 ** 32

/** A volume made of several sources. */
export const projected =
  (keyToPath: Rule): Rule =>
  (spot) => {
    field('defaultMode', fileMode)(spot)
    const taken = new Set<string>()
    const claim: Claim = (path, shown) => {
      if (taken.has(path)) report(spot, invalid(spot.path, shown, 'conflicting duplicate paths'))
      taken.add(path)
    }
    const rules = sourceRules(keyToPath, spot.path, claim)
    for (const source of itemsOf(childOf(spot, 'sources'))) oneSource(rules, source)
  }

function oneSource(rules: readonly (readonly [string, Rule])[], source: Spot): void {
  const given = rules.filter(([name]) => isSet(own(source.value, name)))
  for (const [name, rule] of given) field(name, rule)(source)
  if (given.length > 1) never('may not specify more than 1 volume type per source')(source)
}

const sourceRules = (keyToPath: Rule, volume: string, claim: Claim): readonly (readonly [string, Rule])[] => [
  ['secret', keysOf(keyToPath, claim)],
  ['configMap', keysOf(keyToPath, claim)],
  ['downwardAPI', filesOf(claim)],
  ['serviceAccountToken', (spot) => tokenRule(spot, volume)],
  ['clusterTrustBundle', (spot) => trustBundleRule(spot, claim)],
  ['podCertificate', (spot) => certificateRule(spot, claim)],
]

const keysOf = (keyToPath: Rule, claim: Claim): Rule =>
  all(field('name', required()), (spot) => {
    for (const item of itemsOf(childOf(spot, 'items'))) {
      keyToPath(item)
      const path = textAt(own(item.value, 'path'))
      if (path !== '') claim(path, textAt(own(spot.value, 'name')))
    }
  })

const filesOf =
  (claim: Claim): Rule =>
  (spot) => {
    for (const value of listAt(own(spot.value, 'items'))) {
      downwardFile({ ...spot, value })
      const path = textAt(own(value, 'path'))
      if (path !== '') claim(path, path)
    }
  }

function tokenRule(spot: Spot, volume: string): void {
  const seconds = numberAt(own(spot.value, 'expirationSeconds'))
  const at = `${spot.path}.expirationSeconds`
  const complain = (detail: string): void => report(spot, invalidPrinted(at, goJson(seconds), detail))
  if (seconds < leastTokenSeconds) complain('may not specify a duration less than 10 minutes')
  if (seconds > mostTokenSeconds) complain('may not specify a duration larger than 2^32 seconds')
  // the path's complaints stand at the volume
  const path = { ...spot, value: own(spot.value, 'path'), path: `${volume}.path` }
  if (textAt(path.value) === '') report(spot, missing(path.path))
  else unreservedPath(path)
}

function trustBundleRule(spot: Spot, claim: Claim): void {
  const bundle = fieldsAt(spot.value)
  if (isSet(bundle.name) && isSet(bundle.signerName)) {
    const detail = 'only one of name and signerName may be used'
    report(spot, invalidPrinted(spot.path, printedTrustBundle(bundle), detail))
  } else if (isSet(bundle.name)) bundleByName(spot)
  else if (isSet(bundle.signerName)) bundleBySigner(spot)
  else report(spot, missing(spot.path, 'either name or signerName must be specified'))
  field('path', required(), unreservedPath)(spot)
  claim(textAt(bundle.path), textAt(bundle.path))
}

function bundleByName(spot: Spot): void {
  field('name', required('must be a valid object name'), formatted(trustBundleName))(spot)
  const selector = own(spot.value, 'labelSelector')
  if (!isSet(selector)) return
  const detail = 'labelSelector must be unset if name is specified'
  report(spot, invalidPrinted(`${spot.path}.labelSelector`, printedLabelSelector(selector), detail))
}

const bundleBySigner = all(
  field('signerName', required('must be a valid signer name'), signerName),
  field('labelSelector', labelSelector),
)

const keyTypes = ['RSA3072', 'RSA4096', 'ECDSAP256', 'ECDSAP384', 'ECDSAP521', 'ED25519'] as const
const leastCertificateSeconds = 3600
const daySeconds = 86_400
const mostCertificateSeconds = 91 * daySeconds

function certificateRule(spot: Spot, claim: Claim): void {
  field('signerName', signerName)(spot)
  field('keyType', oneOf(...keyTypes))(spot)
  const seconds = own(spot.value, 'maxExpirationSeconds')
  if (typeof seconds === 'number') certificateSecondsRule(spot, seconds)
  const given = ['credentialBundlePath', 'keyPath', 'certificateChainPath'].filter(
    (name) => textAt(own(spot.value, name)) !== '',
  )
  for (const name of given) {
    field(name, unreservedPath)(spot)
    claim(textAt(own(spot.value, name)), textAt(own(spot.value, name)))
  }
  if (given.length > 0) return
  report(spot, missing(spot.path, 'specify at least one of credentialBundlePath, keyPath, and certificateChainPath'))
}

function certificateSecondsRule(spot: Spot, seconds: number): void {
  const most = isKubernetesSigner(textAt(own(spot.value, 'signerName'))) ? daySeconds : mostCertificateSeconds
  const complain = (bound: string): void =>
    report(
      spot,
      invalid(`${spot.path}.maxExpirationSeconds`, seconds, `if provided, maxExpirationSeconds must be ${bound}`),
    )
  if (seconds < leastCertificateSeconds) complain(`>= ${leastCertificateSeconds}`)
  if (seconds > most) complain(`<= ${most}`)
}
