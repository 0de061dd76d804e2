const nameFormat = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const subdomainFormat = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'
const nameRule =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  `(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${nameFormat}')`
const subdomainRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end " +
  `with an alphanumeric character (e.g. 'example.com', regex used for validation is '${subdomainFormat}')`

/** What is wrong with a text as the key of a label or annotation, in Kubernetes' words. */
export function qualifiedNameProblems(text: string): readonly string[] {
  const parts = text.split('/')
  if (parts.length > 2) {
    return [`a qualified name ${nameRule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`]
  }
  const name = parts.at(-1) ?? ''
  const prefixProblems = parts.length === 2 ? subdomainProblems(parts[0] ?? '') : []
  return [
    ...prefixProblems.map((problem) => `prefix part ${problem}`),
    ...nameProblems(name).map((problem) => `name part ${problem}`),
  ]
}

function nameProblems(name: string): readonly string[] {
  if (name === '') return ['must be non-empty', nameRule]
  const tooLong = bytesOf(name) > 63 ? ['must be no more than 63 characters'] : []
  return /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(name) ? tooLong : [...tooLong, nameRule]
}

function subdomainProblems(prefix: string): readonly string[] {
  if (prefix === '') return ['must be non-empty']
  const tooLong = bytesOf(prefix) > 253 ? ['must be no more than 253 characters'] : []
  const isSubdomain = prefix.split('.').every((label) => /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(label))
  return isSubdomain ? tooLong : [...tooLong, subdomainRule]
}

/** In UTF-8, as Go counts the length of a text. */
const bytesOf = (text: string): number =>
  Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0
    return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }).reduce<number>((sum, bytes) => sum + bytes, 0)
