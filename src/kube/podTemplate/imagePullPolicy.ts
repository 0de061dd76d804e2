const longestPath = 255
const longestTag = 128
const digestLengths: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 }

/**
 * Kubernetes' default for a container's `imagePullPolicy`: `Always` if the image's tag is `latest`, spelled out or for
 * want of tag and digest; else, and for a text that is no image reference, `IfNotPresent`.
 * `defaultImagePullPolicy('nginx') === 'Always'`
 */
export function defaultImagePullPolicy(image: string): 'Always' | 'IfNotPresent' {
  return tagOf(image) === 'latest' ? 'Always' : 'IfNotPresent'
}

/** The tag that a registry client would ask for; '' where there is only a digest; undefined for no reference at all. */
function tagOf(image: string): string | undefined {
  if (/^[a-f0-9]{64}$/.test(image)) return undefined // an image id, not a name
  const at = image.indexOf('@')
  const named = at === -1 ? image : image.slice(0, at)
  if (at !== -1 && !isDigest(image.slice(at + 1))) return undefined
  const slash = named.indexOf('/')
  const colon = named.indexOf(':', slash + 1)
  const name = colon === -1 ? named : named.slice(0, colon)
  const tag = colon === -1 ? undefined : named.slice(colon + 1)
  if (!isRepository(name) || (tag !== undefined && !isTag(tag))) return undefined
  return tag ?? (at === -1 ? 'latest' : '')
}

const isTag = (tag: string): boolean => tag.length <= longestTag && /^\w[\w.-]*$/.test(tag)

function isDigest(text: string): boolean {
  const colon = text.indexOf(':')
  const length = colon === -1 ? undefined : digestLengths[text.slice(0, colon)]
  return length === text.length - colon - 1 && /^[a-f0-9]+$/.test(text.slice(colon + 1))
}

/** `[registry/]path`. What precedes the first slash is a registry if it looks like a host, else part of the path. */
function isRepository(name: string): boolean {
  const slash = name.indexOf('/')
  const first = slash === -1 ? '' : name.slice(0, slash)
  const isHost = first === 'localhost' || /[.:A-Z]/.test(first)
  // official images get a folder, which counts for the length
  if (!isHost) return isPath(slash === -1 ? `library/${name}` : name)
  const path = name.slice(slash + 1)
  const onDockerHub = (first === 'docker.io' || first === 'index.docker.io') && !path.includes('/')
  if (isHostAndPort(first)) return isPath(onDockerHub ? `library/${path}` : path)
  return isPath(name)
}

/** Lower case words, joined by one dot, one or two underscores or any number of dashes; in folders. */
const isPath = (path: string): boolean =>
  path.length <= longestPath && path.split('/').every((part) => /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/.test(part))

function isHostAndPort(text: string): boolean {
  const withoutPort = text.replace(/:[0-9]+$/, '')
  if (/^\[[a-fA-F0-9:]+\]$/.test(withoutPort)) return true
  return withoutPort
    .split('.')
    .every((label) => /^[a-zA-Z0-9-]+$/.test(label) && label[0] !== '-' && label.at(-1) !== '-')
}
