import { goJson } from '../../go/json/goJson'
import { type CodedFieldError, invalidPrinted, invalidValue } from '../../kube/fieldErrorBody'
import type { IntOrString } from '../../model/meta'
import type { CanaryStrategy, Rollout } from '../../model/rollout'
import { maxWeightOf } from '../defaults'
import type { Dialect } from '../facts/semantics'
import { antiAffinityRules, sameService } from './blueGreenRules'
import { isPlainStep } from './plainParts'
import { hasPlugins } from './plugins'
import { printAlb } from './print'
import { isSet, noteBroken, type Rule } from './rule'
import { noteStepErrors } from './stepRules'

export function noteCanaryErrors(
  found: CodedFieldError[],
  rollout: Rollout,
  canary: CanaryStrategy,
  dialect: Dialect,
): void {
  noteBroken(found, canaryRules, canary)
  if (canary.pingPong) noteBroken(found, pingPongRules, { ...canary, dialect })
  if (needsServices(canary)) noteBroken(found, neededServiceRules, canary)
  noteBroken(found, canary.trafficRouting ? routedRules : unroutedRules, canary)
  const routing = canary.trafficRouting ?? undefined
  const steps = canary.steps ?? []
  const maxWeight = maxWeightOf(rollout)
  for (let index = 0; index < steps.length; index++) {
    // A step may be null in a manifest: then it has no kind.
    const step = steps[index] ?? {}
    if (!isPlainStep(rollout, step, maxWeight, routing !== undefined))
      noteStepErrors(found, { rollout, routing, dialect, step }, index)
  }
  if (canary.antiAffinity) noteBroken(found, antiAffinityRules, canary.antiAffinity)
}

/** The number before a percent sign, or an integer; anything else counts as 0. */
function numberIn(value: IntOrString): number {
  if (typeof value === 'number') return value
  return Number(/^(\d+)%$/.exec(value)?.[1] ?? /^[+-]?\d+$/.exec(value)?.[0] ?? 0)
}

const canaryRules: readonly Rule<CanaryStrategy>[] = [
  {
    code: 'no-room',
    path: 'spec.strategy.maxSurge',
    check: ({ maxSurge, maxUnavailable }) => {
      if (!isSet(maxSurge) || numberIn(maxSurge ?? '25%') !== 0 || numberIn(maxUnavailable ?? '25%') !== 0)
        return undefined
      return invalidPrinted(goJson(maxSurge), 'MaxSurge and MaxUnavailable both can not be zero')
    },
  },
  {
    code: 'same-service',
    path: 'spec.strategy.stableService',
    check: ({ canaryService, stableService }) =>
      canaryService && canaryService === stableService
        ? invalidValue(stableService, sameService('stable', 'canary'))
        : undefined,
  },
]

const noPingPong = 'Ping service and Pong service must to be set to use Ping-Pong feature'

const pingPongRules: readonly Rule<CanaryStrategy & { readonly dialect: Dialect }>[] = [
  {
    code: 'unsupported-by-router',
    path: 'spec.strategy.trafficRouting.alb',
    check: ({ trafficRouting: routing, dialect }) => {
      if (!routing || routing.alb || routing.istio) return undefined
      if (dialect.pluginsPingPong && hasPlugins(routing)) return undefined
      return invalidPrinted(printAlb(routing.alb), dialect.noPingPong)
    },
  },
  {
    code: 'no-service',
    path: 'spec.strategy.pingPong.pingService',
    check: ({ pingPong }) => (pingPong?.pingService ? undefined : invalidValue('', noPingPong)),
  },
  {
    code: 'no-service',
    path: 'spec.strategy.pingPong.pongService',
    check: ({ pingPong }) => (pingPong?.pongService ? undefined : invalidValue('', noPingPong)),
  },
  {
    code: 'same-service',
    path: 'spec.strategy.pingPong.pingService',
    check: ({ pingPong }) => {
      const ping = pingPong?.pingService ?? ''
      return ping === (pingPong?.pongService ?? '') ? invalidValue(ping, sameService('ping', 'pong')) : undefined
    },
  },
  {
    code: 'no-service',
    path: 'spec.strategy.trafficRouting.alb.rootService',
    check: ({ trafficRouting }) => {
      const detail = 'Root service field is required for the configuration with ALB and ping-pong feature enabled'
      return trafficRouting?.alb && !trafficRouting.alb.rootService ? invalidValue('', detail) : undefined
    },
  },
]

/** Routers that need a stable and a canary Service. Plugins decide for themselves. */
function needsServices({ trafficRouting: routing, pingPong }: CanaryStrategy): boolean {
  if (!routing) return false
  const { alb, istio, smi, apisix, ambassador, nginx, appMesh, traefik } = routing
  if (smi || apisix || ambassador || nginx || appMesh || traefik) return true
  return !pingPong && (isSet(alb) || (isSet(istio) && !istio?.destinationRule))
}

const servicesNeeded = 'Canary service and Stable service must to be set to use Traffic Routing'

const neededServiceRules: readonly Rule<CanaryStrategy>[] = [
  {
    code: 'no-service',
    path: 'spec.strategy.stableService',
    check: ({ stableService }) => (stableService ? undefined : invalidValue('', servicesNeeded)),
  },
  {
    code: 'no-service',
    path: 'spec.strategy.canaryService',
    check: ({ canaryService }) => (canaryService ? undefined : invalidValue('', servicesNeeded)),
  },
]

const unroutedRules: readonly Rule<CanaryStrategy>[] = [
  {
    code: 'needs-traffic-routing',
    path: 'spec.strategy.scaleDownDelaySeconds',
    check: ({ scaleDownDelaySeconds: seconds }) => {
      const detail = 'Canary scaleDownDelaySeconds can only be used with traffic routing'
      return isSet(seconds) ? invalidValue(seconds ?? 0, detail) : undefined
    },
  },
  {
    code: 'needs-traffic-routing',
    path: 'spec.strategy.dynamicStableScale',
    check: ({ dynamicStableScale }) => {
      const detail = 'Canary dynamicStableScale can only be used with traffic routing'
      return dynamicStableScale ? invalidValue(true, detail) : undefined
    },
  },
]

const routedRules: readonly Rule<CanaryStrategy>[] = [
  {
    code: 'delay-with-dynamic-scale',
    path: 'spec.strategy.dynamicStableScale',
    check: ({ scaleDownDelaySeconds, dynamicStableScale }) =>
      isSet(scaleDownDelaySeconds) && dynamicStableScale
        ? invalidValue(true, 'Canary dynamicStableScale cannot be used with scaleDownDelaySeconds')
        : undefined,
  },
  {
    code: 'unsupported-by-router',
    path: 'spec.strategy.trafficRouting.maxTrafficWeight',
    check: ({ trafficRouting: routing }) => {
      if (!routing || !isSet(routing.maxTrafficWeight) || routing.nginx || hasPlugins(routing)) return undefined
      const detail = 'Canary maxTrafficWeight in traffic routing only supported in Nginx and Plugins'
      return invalidValue(routing.maxTrafficWeight ?? 0, detail)
    },
  },
]
