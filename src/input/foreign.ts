import type { Issue } from '../model/issue'
import { isJsonObject } from '../model/json'
import { parseDocuments } from './parseManifests'

/** What is not an object of a cluster is skipped with a word: values, a Kustomization, a Chart.yaml. */
export function withoutForeign(text: string, issues: readonly Issue[]): readonly Issue[] {
  if (!issues.some(({ severity }) => severity !== 'warning')) return issues
  const foreign = new Map<number, Issue>()
  for (const { index, line, value } of parseDocuments(text).documents) {
    const what = foreignKind(value)
    if (what === undefined) continue
    const message = `skipped: ${what}`
    foreign.set(index, { code: 'skipped', path: '', message, severity: 'warning', documentIndex: index, line })
  }
  const isForeign = ({ documentIndex }: Issue): boolean => documentIndex !== undefined && foreign.has(documentIndex)
  return [...foreign.values(), ...issues.filter((issue) => !isForeign(issue))]
}

function foreignKind(value: unknown): string | undefined {
  if (!isJsonObject(value)) return undefined
  const { apiVersion, kind } = value
  if (typeof apiVersion === 'string' && apiVersion.startsWith('kustomize.config.k8s.io/'))
    return `a ${typeof kind === 'string' ? kind : 'file'} of Kustomize (what kustomize build makes of it can be given)`
  if (typeof apiVersion === 'string' && apiVersion.startsWith('kind.x-k8s.io/')) return 'a configuration of kind'
  if (kind !== undefined) return undefined
  if (apiVersion === undefined)
    return 'no Kubernetes object, as it has neither apiVersion nor kind (values of a Helm chart?)'
  return apiVersion === 'v1' || apiVersion === 'v2' ? foreignChart(value) : undefined
}

const foreignChart = (value: Readonly<Record<string, unknown>>): string | undefined =>
  typeof value.name === 'string' && typeof value.version === 'string' ? 'a Chart.yaml of Helm' : undefined
