import type { Failed, RouterCall } from '../routerCall'
import { namedByList, selectedRoutes } from './findRoutes'
import { type NamedRoute, type PluginConfig, pluginName, readConfig } from './pluginConfig'
import { type RouteKind, routeKinds } from './routeKinds'

/** The routes of one kind that the plugin drives. */
export interface Driven {
  readonly kind: RouteKind
  readonly routes: readonly NamedRoute[]
}

export interface Plan {
  readonly config: PluginConfig
  readonly namespace: string
  readonly driven: readonly Driven[]
}

/** Reads the configuration and finds the routes that it means. */
export function planOf(call: RouterCall): Plan | Failed {
  const read = readConfig(call.routing.plugins?.[pluginName])
  if ('failed' in read) return read
  const { config } = read
  const namespace = config.namespace || call.namespace
  const driven: Driven[] = []
  for (const kind of routeKinds) {
    const selected = selectedRoutes(call, kind, namespace, config[kind.selector])
    if ('failed' in selected) return selected
    const routes = [...namedByList(kind, config), ...selected.routes]
    if (routes.length > 0) driven.push({ kind, routes })
  }
  return { config, namespace, driven }
}
