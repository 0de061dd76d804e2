/** `stringData.token`, `items[2].data.token`. */
const dataPath = /(?:^|\.)(?:stringData|data)[.[]/

/** Aliases and tags, which a password that begins with `*` or `!` is read as, and quoted texts. */
const quoted = /[*&!]\S+|"(?:[^"\\]|\\.)*"/g

/** An issue in the data of a Secret, without the texts that its message quotes from there. */
export const withoutData = <T extends { readonly path: string; readonly message: string }>(issue: T): T =>
  dataPath.test(issue.path) ? { ...issue, message: issue.message.replace(quoted, '…') } : issue

const documentStart = /^---(?:\s|$)/m

/**
 * Whether this line (the first is 1) is in a document that holds a Secret, as far as one can see in a text that is
 * not valid.
 */
export function isInSecret(text: string, line: number): boolean {
  const lines = text.split('\n')
  const at = Math.min(line, lines.length) - 1
  const before = [...lines.slice(0, at + 1)].reverse().findIndex((one) => documentStart.test(one))
  const start = before < 0 ? 0 : at - before
  const length = lines.slice(at + 1).findIndex((one) => documentStart.test(one))
  const document = lines.slice(start, length < 0 ? undefined : at + 1 + length).join('\n')
  return /(?:^|[\s{,-])["']?kind["']?\s*:\s*["']?Secret\b/.test(document)
}
