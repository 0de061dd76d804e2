/** Bounds that keep hostile texts harmless. Each has a default that no manifest of a real cluster reaches. */
export interface Limits {
  /** Bytes of the text in UTF-8. Default 10 MB (10,000,000). */
  readonly maxBytes: number
  /** Levels of nesting of a document or value. Default 200. */
  readonly maxDepth: number
  /** YAML documents of one text. Default 10,000. */
  readonly maxDocuments: number
  /**
   * Tokens of one YAML document, or of one object of a long list, blanks and line ends among them. Default 1,500,000,
   * which no object of a cluster reaches (etcd takes 1.5 MB); long lists, as `kubectl get -o yaml` prints them, are
   * read object by object. While a document is read, each token takes some 150 bytes of memory. What takes more
   * counts as more: an item of a list (`-`, `,`) as 6, a list or mapping in brackets as 10. JSON takes less and has
   * no such limit.
   */
  readonly maxTokens: number
  /** Nodes that aliases (`*name`, `<<`) may represent, all in all. Default 100,000. */
  readonly maxAliasNodes: number
  /** Issues that are reported; one more says how many were left out. Default 1,000. */
  readonly maxIssues: number
}

export const defaultLimits: Limits = {
  maxBytes: 10_000_000,
  maxDepth: 200,
  maxDocuments: 10_000,
  maxTokens: 1_500_000,
  maxAliasNodes: 100_000,
  maxIssues: 1_000,
}

/** The limits with those of the caller instead of the defaults; a limit that is not a number counts as not given. */
export function limitsOf(options: Partial<Limits>): Limits {
  const given = (key: keyof Limits): number => {
    const value = (options as Partial<Limits> | null)?.[key]
    return typeof value === 'number' && !Number.isNaN(value) ? value : defaultLimits[key]
  }
  return {
    maxBytes: given('maxBytes'),
    maxDepth: given('maxDepth'),
    maxDocuments: given('maxDocuments'),
    maxTokens: given('maxTokens'),
    maxAliasNodes: given('maxAliasNodes'),
    maxIssues: given('maxIssues'),
  }
}

/** Length in UTF-8, counted up to just beyond `most`: a longer text need not be counted to its end. */
export function utf8Length(text: string, most: number): number {
  if (text.length > most) return text.length
  let bytes = 0
  for (let i = 0; i < text.length && bytes <= most; i++) {
    const unit = text.charCodeAt(i)
    const isPair = unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00
    if (isPair) i++
    bytes += isPair ? 4 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3
  }
  return bytes
}
