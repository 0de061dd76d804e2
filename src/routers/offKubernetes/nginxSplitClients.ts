import { givenObject, givenText } from '../../model/given'
import type { Issue } from '../../model/issue'
import { takeShares } from '../wellFormed'
import type { TrafficShare } from './trafficShares'

const namePattern = /^[A-Za-z0-9_.-]+$/

/**
 * A `split_clients` block of nginx that sets a variable to the upstream of a request. `key` determines which requests
 * stay together. The last share gets the rounding difference.
 *
 * @see https://nginx.org/en/docs/http/ngx_http_split_clients_module.html
 *
 * @example
 * import { nginxSplitClients, trafficShares } from 'rollout-engine/routers'
 * const shares = trafficShares({ canary: 'web-canary', stable: 'web', weight: 20 })
 * nginxSplitClients({ variable: 'upstream', key: '${request_id}' }, shares).lines
 * // => ['split_clients "${request_id}" $upstream {', '    20% web-canary;', '    * web;', '}']
 */
export function nginxSplitClients(
  by: { readonly variable: string; readonly key: string },
  given: readonly TrafficShare[],
): { readonly lines: readonly string[]; readonly issues: readonly Issue[] } {
  const [variable, key] = [givenText(givenObject(by).variable), givenText(givenObject(by).key)]
  const { shares } = takeShares({ shares: given }).value
  const names = [
    { path: 'variable', text: variable, isFine: /^[A-Za-z0-9_]+$/.test(variable) },
    { path: 'key', text: key, isFine: key !== '' && !/["\\\n\r]/.test(key) },
    ...shares.map(({ service }, at) => ({
      path: `shares[${at}].service`,
      text: service,
      isFine: namePattern.test(service),
    })),
  ]
  const issues = names
    .filter(({ isFine }) => !isFine)
    .map(({ path, text }) => ({
      code: 'invalid-name',
      path,
      message: `nginx cannot read ${JSON.stringify(text)} here: use plain names, and a key without quotes`,
    }))
  if (issues.length > 0 || shares.length === 0) return { lines: [], issues }
  // nginx refuses 0 %, and `*` gets the rest.
  const parts = shares.slice(0, -1).filter(({ weightPercent }) => weightPercent > 0)
  const total = parts.reduce((sum, { weightPercent }) => sum + weightPercent, 0)
  const rest = total >= 100 ? parts.at(-1)!.service : shares.at(-1)!.service
  const named = total >= 100 ? parts.slice(0, -1) : parts
  return {
    lines: [
      `split_clients "${key}" $${variable} {`,
      ...named.map(({ service, weightPercent }) => `    ${weightPercent}% ${service};`),
      `    * ${rest};`,
      '}',
    ],
    issues,
  }
}
