import { forbidden, invalidPrinted, missing, printed, tooLong } from '../fieldError'
import { ipAddress } from '../ipAddress'
import { byteLength, dnsSubdomain } from '../names'
import { each, field, formatted, isSet, itemsOf, listAt, own, type Rule, report, textAt } from '../rule'

// Names and addresses of pods.

const mostNameservers = 3
const mostSearches = 32
const mostSearchBytes = 2048

const nameservers: Rule = (list) => {
  if (listAt(list.value).length > mostNameservers) {
    const detail = `must not have more than ${mostNameservers} nameservers`
    report(list, invalidPrinted(list.path, printed(list.value), detail))
  }
  each(formatted(ipAddress))(list)
}

const searches: Rule = (list) => {
  const complain = (most: string): void =>
    report(list, invalidPrinted(list.path, printed(list.value), `must not have more than ${most}`))
  const paths = listAt(list.value).map(textAt)
  if (paths.length > mostSearches) complain(`${mostSearches} search paths`)
  if (byteLength(paths.join(' ')) > mostSearchBytes) {
    complain(`${mostSearchBytes} characters (including spaces) in the search list`)
  }
  for (const spot of itemsOf(list)) formatted(dnsSubdomain)({ ...spot, value: textAt(spot.value).replace(/\.$/, '') })
}

const options: Rule = each((spot) => {
  if (textAt(own(spot.value, 'name')) === '') report(spot, missing(spot.path, 'must not be empty'))
})

const dnsConfigRules = field(
  'dnsConfig',
  field('nameservers', nameservers),
  field('searches', searches),
  field('options', options),
)

/** Without a policy of its own a pod has to bring its name servers. */
export const dnsConfig: Rule = (spec) => {
  const config = own(spec.value, 'dnsConfig')
  const path = `${spec.path}.dnsConfig`
  if (own(spec.value, 'dnsPolicy') === 'None') {
    if (!isSet(config)) return report(spec, missing(path, 'must provide `dnsConfig` when `dnsPolicy` is None'))
    if (listAt(own(config, 'nameservers')).length === 0) {
      const detail = 'must provide at least one DNS nameserver when `dnsPolicy` is None'
      return report(spec, missing(`${path}.nameservers`, detail))
    }
  }
  dnsConfigRules(spec)
}

export const hostAliases = each(field('ip', formatted(ipAddress)), field('hostnames', each(formatted(dnsSubdomain))))

const mostHostnameBytes = 64

export const hostnameOverride: Rule = (spec) => {
  const name = own(spec.value, 'hostnameOverride')
  const path = `${spec.path}.hostnameOverride`
  if (!isSet(name)) return
  if (own(spec.value, 'setHostnameAsFQDN') === true) {
    report(spec, forbidden(path, 'may not be specified when setHostnameAsFQDN is true'))
  }
  if (byteLength(textAt(name)) > mostHostnameBytes) report(spec, tooLong(path, mostHostnameBytes))
  formatted(dnsSubdomain)({ ...spec, value: name, path })
}
