import { isJsonObject } from '../../model/json'
import type { LabelSelector } from '../../model/meta'
import { fitsShape } from '../fitsShape'
import type { Failed } from '../routerCall'

export const pluginName = 'argoproj-labs/gatewayAPI'

/** The plugin's configuration as users write it under `trafficRouting.plugins`. */
export interface PluginConfig {
  readonly httpRoute?: string
  readonly grpcRoute?: string
  readonly tcpRoute?: string
  readonly tlsRoute?: string
  readonly namespace?: string
  readonly httpRoutes?: readonly NamedRoute[]
  readonly grpcRoutes?: readonly NamedRoute[]
  readonly tcpRoutes?: readonly NamedRoute[]
  readonly tlsRoutes?: readonly NamedRoute[]
  readonly httpRouteSelector?: LabelSelector
  readonly grpcRouteSelector?: LabelSelector
  readonly tcpRouteSelector?: LabelSelector
  readonly tlsRouteSelector?: LabelSelector
  readonly disableInProgressLabel?: boolean
  readonly inProgressLabelKey?: string
  readonly inProgressLabelValue?: string
}

export interface NamedRoute {
  readonly name?: string
  /** Header routes are put into this route too. */
  readonly useHeaderRoutes?: boolean
}

const shape: Readonly<Record<string, string>> = {
  Config:
    'httpRoute?:string grpcRoute?:string tcpRoute?:string tlsRoute?:string namespace?:string httpRoutes?:[]Route grpcRoutes?:[]Route tcpRoutes?:[]Route tlsRoutes?:[]Route httpRouteSelector?:*Selector grpcRouteSelector?:*Selector tcpRouteSelector?:*Selector tlsRouteSelector?:*Selector disableInProgressLabel?:bool inProgressLabelKey?:string inProgressLabelValue?:string',
  Route: 'name?:string useHeaderRoutes?:bool',
  Selector: 'matchLabels?:map[]string matchExpressions?:[]Expression',
  Expression: 'key?:string operator?:string values?:[]string',
}

/** Reads the configuration; fails instead of Go's decoder. */
export function readConfig(given: unknown): { readonly config: PluginConfig } | Failed {
  if (given === undefined) return { failed: 'unexpected end of JSON input' }
  const config = withKnownSpelling(given)
  const wrong = fitsShape(shape, 'Config', config, '')
  if (wrong) {
    return { failed: `json: cannot unmarshal ${wrong.found} into ${wrong.path.slice(1)} of the plugin's configuration` }
  }
  return { config: isJsonObject(config) ? (config as PluginConfig) : {} }
}

const spelling: ReadonlyMap<string, string> = new Map(
  Object.values(shape)
    .flatMap((fields) => fields.split(' ').map((field) => field.split('?')[0]!))
    .map((name) => [name.toLowerCase(), name]),
)

/** Go's decoder reads keys without regard to case. */
function withKnownSpelling(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withKnownSpelling)
  if (!isJsonObject(value)) return value
  const isLabels = (key: string): boolean => key.toLowerCase() === 'matchlabels'
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      spelling.get(key.toLowerCase()) ?? key,
      isLabels(key) ? one : withKnownSpelling(one),
    ]),
  )
}
