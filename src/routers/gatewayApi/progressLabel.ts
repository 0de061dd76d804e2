import type { KubeObject } from '../../model/meta'
import type { PluginConfig } from './pluginConfig'

const defaultKey = 'rollouts.argoproj.io/gatewayapi-canary'
const defaultValue = 'in-progress'

/** Marks a route while the canary gets traffic, so that GitOps tools can leave its weights alone. */
export function withProgressLabel(route: KubeObject, config: PluginConfig, weight: number): KubeObject {
  if (config.disableInProgressLabel) return route
  const key = config.inProgressLabelKey || defaultKey
  const { [key]: _, ...others } = route.metadata.labels ?? {}
  const labels = weight === 0 ? others : { ...others, [key]: config.inProgressLabelValue || defaultValue }
  const { labels: __, ...metadata } = route.metadata
  return { ...route, metadata: Object.keys(labels).length === 0 ? metadata : { ...metadata, labels } }
}
