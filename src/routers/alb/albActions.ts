import { goString } from '../../go/json/goJson'
import type { SetHeaderRoute } from '../../model/rollout'
import type { WeightDestination } from '../../model/rolloutStatus'
import { crash, type Failed, type RouterCall } from '../routerCall'
import { albServices } from '../trafficServices'

// The JSON of ALB annotations, byte for byte as the controller writes it.

const longestStickinessSeconds = 604_800
const defaultPrefix = 'alb.ingress.kubernetes.io'

export const annotationKey = (call: RouterCall, what: 'actions' | 'conditions', name: string): string =>
  `${call.routing.alb?.annotationPrefix || defaultPrefix}/${what}.${name}`

interface Share {
  readonly service: string
  readonly weight: number
}

export type Text = { readonly text: string } | Failed

/** The action that splits traffic between canary, experiments and stable. */
export function weightAction(call: RouterCall, weight: number, destinations: readonly WeightDestination[]): Text {
  const { canary, stable } = albServices(call)
  const others = destinations.map((one) => ({ service: one.serviceName ?? '', weight: one.weight }))
  const rest = others.reduce((left, one) => left - one.weight, 100 - weight)
  return forward(call, [{ service: canary, weight }, ...others, { service: stable, weight: rest }])
}

/** The action of a header route: everything to the canary. */
export const canaryAction = (call: RouterCall): Text =>
  forward(call, [{ service: albServices(call).canary, weight: 100 }])

function forward(call: RouterCall, shares: readonly Share[]): Text {
  const { servicePort = 0, stickinessConfig } = call.routing.alb ?? {}
  const groups = shares.map(({ service, weight }) => {
    const name = service === '' ? '' : `"ServiceName":${goString(service)},`
    return `{${name}"ServicePort":"${servicePort}","Weight":${weight}}`
  })
  let stickiness = ''
  if (stickinessConfig?.enabled) {
    const seconds = stickinessConfig.durationSeconds ?? 0
    if (seconds < 1 || seconds > longestStickinessSeconds) {
      return { failed: "TargetGroupStickinessConfig's duration must be between 1 and 604800 seconds (7 days)!" }
    }
    stickiness = `,"TargetGroupStickinessConfig":{"Enabled":true,"DurationSeconds":${seconds}}`
  }
  return { text: `{"Type":"forward","ForwardConfig":{"TargetGroups":[${groups.join(',')}]${stickiness}}}` }
}

/** The condition of a header route: all headers have to match; values of the same header are alternatives. */
export function headerCondition({ match = [] }: SetHeaderRoute): Text {
  const values = new Map<string, string[]>()
  for (const { headerName, headerValue } of match) {
    if (!headerValue) return crash(`the header ${headerName} has no value`)
    const known = values.get(headerName)
    // ALB knows exact values only; another kind counts as the empty text.
    if (known) known.push(headerValue.exact ?? '')
    else values.set(headerName, [headerValue.exact ?? ''])
  }
  if (values.size === 0) return { text: 'null' }
  const conditions = [...values].map(
    ([name, texts]) =>
      `{"field":"http-header","httpHeaderConfig":{"httpHeaderName":${goString(name)},"values":[${texts.map(goString).join(',')}]}}`,
  )
  return { text: `[${conditions.join(',')}]` }
}
