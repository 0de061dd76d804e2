/** Connections that end too early have Go's error text. */
const brokenOff = /^(UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|ECONNRESET|HPE_.*)$/

/** Why the body of a reply could not be read to its end. */
export function bodyProblem(error: unknown): string {
  const deepest = causeOf(error)
  const code = deepest instanceof Error && 'code' in deepest ? String(deepest.code) : ''
  return brokenOff.test(code) ? 'unexpected EOF' : reasonOf(error, '')
}

/**
 * The innermost error: `fetch failed` says nothing, its cause does. If there are several (one for each address), the
 * first.
 */
function causeOf(error: unknown): unknown {
  let deepest = error
  for (let depth = 0; depth < 10 && deepest instanceof Error; depth++) {
    const next = deepest instanceof AggregateError ? deepest.errors[0] : deepest.cause
    if (next === undefined) break
    deepest = next
  }
  return deepest
}

/**
 * Network errors describe what happened. Other errors are about the request, and their texts could quote its contents.
 */
export function reasonOf(error: unknown, url: string): string {
  const deepest = causeOf(error)
  if (!(deepest instanceof Error)) return 'the request could not be sent'
  if (deepest.name === 'AbortError') return 'the host gave up'
  const code = 'code' in deepest ? String(deepest.code) : deepest.name
  const isOfNetwork = 'syscall' in deepest || 'reason' in deepest || isFetchFailure(error)
  return (isOfNetwork ? withoutOtherHost(deepest, url) : '') || `the request could not be sent: ${code}`
}

/**
 * Host names are shown only as they were requested: in another form (punycode) a secret could not be recognized and
 * hidden.
 */
function withoutOtherHost(error: Error, url: string): string {
  const names = ['hostname', 'host'].map((field) => (error as unknown as Record<string, unknown>)[field])
  const others = names.filter((name): name is string => typeof name === 'string' && name !== '' && !url.includes(name))
  return others.reduce((message, name) => message.replaceAll(name, '…'), error.message).slice(0, longestReason)
}

const longestReason = 1000

const isFetchFailure = (error: unknown): boolean => error instanceof Error && error.message === 'fetch failed'
