import { mender } from '../../kube/types/mend'
import type { ProviderAsk } from './ask'

/**
 * A line about an ask for a log: of a request the method and the server, but no path, query, headers or body, where
 * secrets may be. Names of secrets, Jobs and plugins are shown; where arguments with secrets go into those, or into the
 * name of a server, use `hideSecrets` on the line.
 *
 * @example
 * import { describeAsk } from 'rollout-engine/metrics'
 * describeAsk({ kind: 'secret', namespace: 'shop', name: 'datadog' }) // => 'secret shop/datadog'
 * describeAsk({ kind: 'http', request: { method: 'GET', url: 'http://h:9090/api/token?q=up' } }) // => 'GET http://h:9090/…'
 */
export function describeAsk(given: ProviderAsk): string {
  const ask = wellFormedAsk(given)
  switch (ask.kind) {
    case 'environment':
      return `environment ${ask.names.join(', ')}`
    case 'secret':
      return `secret ${ask.namespace}/${ask.name}`
    case 'http':
      return `${ask.request.method} ${serverOf(ask.request.url)}`
    case 'wait':
      return `wait ${ask.seconds} s`
    case 'kubeconfig':
      return `kubeconfig ${ask.path}`
    case 'kubernetes':
      return `${ask.verb} ${ask.resource} ${ask.namespace}/${ask.verb === 'create' ? ask.object.metadata.name : ask.name}`
    case 'aws':
      return `${ask.service} ${ask.operation}`
    case 'plugin':
      return `plugin ${ask.plugin} ${ask.operation}`
    default:
      return 'nothing that a provider asks'
  }
}

/** What is shown of asks of any kind. */
interface ShownAsk {
  readonly kind: string
  readonly names: readonly string[]
  readonly namespace: string
  readonly name: string
  readonly path: string
  readonly request: { readonly method: string; readonly url: string }
  readonly seconds: number
  readonly verb: string
  readonly resource: string
  readonly object: { readonly metadata: { readonly name: string } }
  readonly service: string
  readonly operation: string
  readonly plugin: string
}

const wellFormedAsk = mender<ShownAsk>({
  root: 'Ask',
  types: {
    Ask: 'kind:string names:[]string namespace:string name:string path:string request:Request seconds:number verb:string resource:string object:Object service:string operation:string plugin:string',
    Request: 'method:string url:string',
    Object: 'metadata:Meta',
    Meta: 'name:string',
  },
})

/** `http://h:9090` or `http://h:9090/…`, where there is a path or a query. */
function serverOf(url: string): string {
  const [, server = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?[^/?#]*)(.*)$/is.exec(url) ?? []
  const shown = server.replace(/\/\/[^/@]*@/, '//')
  return rest === '' || rest === '/' ? shown : `${shown}/…`
}
