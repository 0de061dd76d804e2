import type { CanaryStrategy } from '../model/rollout'
import type { RouterCall } from './routerCall'

export interface TrafficServices {
  readonly stable: string
  readonly canary: string
}

/** The Services of stable and canary in the fields `stableService` and `canaryService`. */
export const namedServices = ({ stableService = '', canaryService = '' }: CanaryStrategy): TrafficServices => ({
  stable: stableService,
  canary: canaryService,
})

/** ALB: ping and pong wherever they are configured. */
export function albServices(call: RouterCall): TrafficServices {
  return pingPongServices(call) ?? namedServices(call.canary)
}

/** Istio: ping and pong only where stable and canary Services have no names. */
export function istioServices(call: RouterCall): TrafficServices {
  const named = namedServices(call.canary)
  return named.stable === '' && named.canary === '' ? (pingPongServices(call) ?? named) : named
}

function pingPongServices({ canary, observed }: RouterCall): TrafficServices | undefined {
  const { pingPong } = canary
  if (!pingPong) return undefined
  const { pingService: ping, pongService: pong } = pingPong
  return observed.rollout.status?.canary?.stablePingPong === 'ping'
    ? { stable: ping, canary: pong }
    : { stable: pong, canary: ping }
}
