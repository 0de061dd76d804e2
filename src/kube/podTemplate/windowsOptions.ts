import { invalidWord } from '../fieldError'
import { byteLength, dnsSubdomain } from '../names'
import { all, type Format, field, isSet, type Rule, report, textAt, when } from '../rule'

const mostSpecKibibytes = 64
const mostDomainBytes = 256
const mostUserBytes = 104

/** These texts stand behind pointers and are printed as JSON. */
const pointed = (format: Format): Rule =>
  when(isSet, (spot) => {
    const text = textAt(spot.value)
    for (const detail of format(text)) report(spot, invalidWord(spot.path, text, detail))
  })

const credentialSpec: Format = (text) => {
  if (text === '') return ['gmsaCredentialSpec cannot be an empty string']
  const fits = byteLength(text) <= mostSpecKibibytes * 1024
  return fits ? [] : [`gmsaCredentialSpec size must be under ${mostSpecKibibytes} KiB`]
}

const dnsPart = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?'
const dnsDomain = new RegExp(`^${dnsPart}(?:\\.${dnsPart})*$`)
const netBiosDomain = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/u

/** `DOMAIN\user` or `user`. */
const userName: Format = (text) => {
  if (text === '') return ['runAsUserName cannot be an empty string']
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(text)) return ['runAsUserName cannot contain control characters']
  const parts = text.split('\\')
  if (parts.length > 2) return ['runAsUserName cannot contain more than one backslash']
  const [user = '', domain] = [...parts].reverse()
  return [...(domain === undefined ? [] : domainProblems(domain)), ...userProblems(user)]
}

const domainProblems: Format = (domain) => [
  ...(byteLength(domain) >= mostDomainBytes
    ? [`runAsUserName's Domain length must be under ${mostDomainBytes} characters`]
    : []),
  ...(netBiosDomain.test(domain) || dnsDomain.test(domain)
    ? []
    : ["runAsUserName's Domain doesn't match the NetBios nor the DNS format"]),
]

const userProblems: Format = (user) => [
  ...(user === '' ? ["runAsUserName's User cannot be empty"] : []),
  ...(byteLength(user) > mostUserBytes
    ? [`runAsUserName's User length must not be longer than ${mostUserBytes} characters`]
    : []),
  ...(/^[. ]+$/.test(user) ? ["runAsUserName's User cannot contain only periods or spaces"] : []),
  ...(/["/\\:;|=,+*?<>@[\]]/.test(user)
    ? ['runAsUserName\'s User cannot contain the following characters: "/\\:;|=,+*?<>@[]']
    : []),
]

export const windowsOptions = all(
  field('gmsaCredentialSpecName', pointed(dnsSubdomain)),
  field('gmsaCredentialSpec', pointed(credentialSpec)),
  field('runAsUserName', pointed(userName)),
)
