import { expressionSelects } from '../../kube/labelSelector'
import { ownValue } from '../../model/json'
import type { KubeObject, LabelSelector } from '../../model/meta'
import type { Failed, RouterCall } from '../routerCall'
import type { NamedRoute, PluginConfig } from './pluginConfig'
import type { RouteKind } from './routeKinds'

/**
 * The routes that the configuration names. The single one may have header routes, those of the list if they are
 * configured to.
 */
export function namedByList(kind: RouteKind, config: PluginConfig): readonly NamedRoute[] {
  const single = config[kind.single]
  const listed = (config[kind.list] ?? []).map((route) => route ?? {})
  return single ? [...listed, { name: single, useHeaderRoutes: true }] : listed
}

type Selected = { readonly routes: readonly NamedRoute[] } | Failed

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist']

/** The routes that a label selector picks, by name. They never get header routes. */
export function selectedRoutes(
  call: RouterCall,
  kind: RouteKind,
  namespace: string,
  selector: LabelSelector | undefined | null,
): Selected {
  if (!selector) return { routes: [] }
  const unknown = (selector.matchExpressions ?? []).find(({ operator }) => !operators.includes(operator))
  if (unknown) return { failed: `"${unknown.operator}" is not a valid label selector operator` }
  const names = call.observed.objects
    .filter((object) => isOfKind(object, kind, namespace) && isSelected(object, selector))
    .map(({ metadata }) => metadata.name)
    .sort()
  return { routes: names.map((name) => ({ name, useHeaderRoutes: false })) }
}

const isOfKind = (object: KubeObject, { resource }: RouteKind, namespace: string): boolean =>
  object.kind === resource.kind &&
  (object.apiVersion ?? '').startsWith(`${resource.group}/`) &&
  (namespace === '' || (object.metadata.namespace ?? '') === namespace)

function isSelected({ metadata }: KubeObject, { matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  const { labels } = metadata
  return (
    Object.entries(matchLabels).every(([key, value]) => ownValue(labels, key) === value) &&
    matchExpressions.every((expression) => expressionSelects(expression, ownValue(labels, expression.key)))
  )
}
