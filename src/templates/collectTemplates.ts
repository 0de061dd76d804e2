import type { AnalysisTemplate, AnalysisTemplateRef } from '../model/analysis'
import { byName } from '../model/byName'
import type { TemplateLists } from './uniqueTemplates'
import { wellFormedLookup } from './wellFormed'

/** The input of the lookup: references, and the existing templates. */
export interface TemplateLookup {
  readonly refs: readonly AnalysisTemplateRef[]
  /** The namespace of references that are not cluster-scoped. */
  readonly namespace: string
  readonly analysisTemplates: readonly AnalysisTemplate[]
  readonly clusterAnalysisTemplates: readonly AnalysisTemplate[]
}

/** `nested`: another template names it. `error` is the text of the controller's look-up. */
export interface MissingTemplate {
  readonly templateName: string
  readonly clusterScope: boolean
  readonly nested: boolean
  readonly reason: 'notFound' | 'circle' | 'tooDeep'
  readonly error: string
}

interface Walk {
  readonly lookup: TemplateLookup
  readonly templates: AnalysisTemplate[]
  readonly clusterTemplates: AnalysisTemplate[]
  /** Templates whose references were followed, or are being followed. */
  readonly met: Map<AnalysisTemplate, 'open' | 'done'>
}

/** Templates with deeper references are refused. */
const deepestNesting = 100

/**
 * The templates that an analysis refers to, including templates of templates: depth first, each name once, the first
 * occurrence wins (behaviour 2.2). Templates that name each other in a circle crash the upstream controller; here they
 * are an error: `AnalysisTemplate 'a' refers to itself`.
 *
 * @example
 * const metadata = { name: 'all', namespace: 'shop' }
 * const all = { metadata, spec: { templates: [{ templateName: 'latency', clusterScope: true }] } }
 * const latency = { metadata: { name: 'latency' }, spec: { metrics: [] } }
 * collectTemplates({
 *   refs: [{ templateName: 'all' }],
 *   namespace: 'shop',
 *   analysisTemplates: [all],
 *   clusterAnalysisTemplates: [latency],
 * }) // => { templates: [all], clusterTemplates: [latency] }
 */
export function collectTemplates(given: TemplateLookup): TemplateLists | { readonly missing: MissingTemplate } {
  return templatesOf(wellFormedLookup(given))
}

/** The same for a lookup that is known to be well-formed. */
export function templatesOf(lookup: TemplateLookup): TemplateLists | { readonly missing: MissingTemplate } {
  return single(lookup) ?? walked(lookup)
}

/** Nearly every analysis names one template that names no other one. */
function single(lookup: TemplateLookup): TemplateLists | undefined {
  const ref = lookup.refs[0]
  if (!ref || lookup.refs.length > 1) return undefined
  const clusterScope = ref.clusterScope === true
  const template = find(lookup, ref.templateName ?? '', clusterScope)
  if (!template || (template.spec.templates?.length ?? 0) > 0) return undefined
  return clusterScope
    ? { templates: [], clusterTemplates: [template] }
    : { templates: [template], clusterTemplates: [] }
}

function walked(lookup: TemplateLookup): TemplateLists | { readonly missing: MissingTemplate } {
  const walk: Walk = { lookup, templates: [], clusterTemplates: [], met: new Map() }
  const missing = follow(walk, lookup.refs, 0)
  return missing ? { missing } : { templates: walk.templates, clusterTemplates: walk.clusterTemplates }
}

function follow(walk: Walk, refs: readonly AnalysisTemplateRef[], depth: number): MissingTemplate | undefined {
  for (const ref of refs) {
    const templateName = ref.templateName ?? ''
    const clusterScope = ref.clusterScope === true
    const refused = (reason: MissingTemplate['reason'], error: string): MissingTemplate => ({
      templateName,
      clusterScope,
      nested: depth > 0,
      reason,
      error,
    })
    const template = find(walk.lookup, templateName, clusterScope)
    if (!template) {
      return refused(
        'notFound',
        `${clusterScope ? 'cluster' : ''}analysistemplate.argoproj.io "${templateName}" not found`,
      )
    }
    const state = walk.met.get(template)
    if (state === 'done') continue
    const kind = clusterScope ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate'
    if (state === 'open') return refused('circle', `${kind} '${templateName}' refers to itself`)
    if (depth >= deepestNesting) return refused('tooDeep', `${kind} '${templateName}' is nested too deep`)
    walk.met.set(template, 'open')
    const list = clusterScope ? walk.clusterTemplates : walk.templates
    list.push(template)
    const missing = follow(walk, template.spec.templates ?? [], depth + 1)
    if (missing) return missing
    walk.met.set(template, 'done')
  }
  return undefined
}

function find(lookup: TemplateLookup, name: string, clusterScope: boolean): AnalysisTemplate | undefined {
  if (clusterScope) return byName(lookup.clusterAnalysisTemplates, name)
  for (const template of lookup.analysisTemplates) {
    const { metadata } = template
    if (metadata.name === name && (metadata.namespace ?? '') === lookup.namespace) return template
  }
  return undefined
}
