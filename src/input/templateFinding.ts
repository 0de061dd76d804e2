import type { Finding, ReadDocument } from './places'

/** What only a Helm template says. Arguments of an AnalysisTemplate, `{{args.name}}`, are none. */
const ofHelm = /\{\{-?\s*(?:\.(?:Values|Release|Chart|Capabilities|Template|Files)\b|(?:include|tpl|toYaml)\s)/g

/** A template of Helm that happens to be valid YAML, once: every value in it may be another one. */
export function templateFinding(
  text: string,
  documents: readonly ReadDocument[],
): { readonly finding: Finding; readonly document: ReadDocument } | undefined {
  for (const { index: offset } of typeof text === 'string' ? text.matchAll(ofHelm) : []) {
    if (/^\s*#/.test(text.slice(text.lastIndexOf('\n', offset) + 1, offset + 1))) continue
    const document = documents.filter((one) => one.offset <= offset).at(-1) ?? documents[0]
    if (!document || document.findings.some(({ severity }) => severity !== 'warning')) return undefined
    const message =
      'this looks like a Helm template that is not rendered: its placeholders are taken as they stand; render it first, with helm template'
    return { finding: { code: 'helm-template', path: [], offset, message, severity: 'warning' }, document }
  }
  return undefined
}
