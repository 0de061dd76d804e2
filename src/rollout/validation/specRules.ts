import type { CanaryStep, CanaryStrategy, Rollout, StringMatch } from '../../model/rollout'
import { progressDeadlineSecondsOf, replicasOf, revisionHistoryLimitOf } from '../defaults'
import { pauseSecondsOf } from '../steps/steps'
import type { Problem } from '../turn'
import { invalidPrinted, invalidValue, requiredValue } from './fieldProblem'
import { podTemplateProblem } from './podTemplateRule'

// The spec's own rules, in the controller's order: it stops at the first that is broken (behaviour 2.1). Paths read
// `spec.strategy.steps`, without the strategy's name, as upstream's do. Kubernetes' rules for pod templates are not here.

type Broken = Problem | undefined

const notNegative = (path: string, value: number): Broken =>
  value < 0 ? invalidValue(path, value, 'must be greater than or equal to 0') : undefined

/** The first rule that the Rollout's spec breaks; undefined where it keeps all. */
export function firstBrokenRule(rollout: Rollout): Broken {
  const { spec } = rollout
  const minReadySeconds = spec.minReadySeconds ?? 0
  const deadline = progressDeadlineSecondsOf(rollout)
  return (
    notNegative('spec.replicas', replicasOf(rollout)) ??
    selectorRule(rollout) ??
    podTemplateProblem(rollout) ??
    notNegative('spec.minReadySeconds', minReadySeconds) ??
    notNegative('spec.revisionHistoryLimit', revisionHistoryLimitOf(rollout)) ??
    notNegative('spec.progressDeadlineSeconds', deadline) ??
    (deadline <= minReadySeconds
      ? invalidValue('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds')
      : undefined) ??
    strategyRule(rollout)
  )
}

function selectorRule({ spec }: Rollout): Broken {
  if (spec.workloadRef) return undefined
  if (!spec.selector) return requiredValue('spec.selector', "Rollout has missing field '.spec.selector'")
  const terms = Object.keys(spec.selector.matchLabels ?? {}).length + (spec.selector.matchExpressions ?? []).length
  return terms === 0 ? invalidPrinted('spec.selector', '{}', 'empty selector is invalid for deployment') : undefined
}

function strategyRule(rollout: Rollout): Broken {
  const { canary, blueGreen } = rollout.spec.strategy ?? {}
  const path = 'spec.strategy.strategy'
  if (!canary && !blueGreen) {
    return requiredValue(path, "Rollout has missing field '.spec.strategy.canary or .spec.strategy.blueGreen'")
  }
  if (canary && blueGreen)
    return invalidValue(path, 'blueGreen: true canary: true', 'Multiple Strategies can not be listed')
  return canary ? canaryRule(canary) : blueGreenRule(rollout)
}

function blueGreenRule(rollout: Rollout): Broken {
  const {
    activeService = '',
    previewService = '',
    scaleDownDelayRevisionLimit: limit,
  } = rollout.spec.strategy?.blueGreen ?? {}
  if (activeService === previewService)
    return invalidValue('spec.strategy.activeService', activeService, sameService('active', 'preview'))
  if (limit === undefined || revisionHistoryLimitOf(rollout) >= limit) return undefined
  const text = "This rollout's revision history limit can not be smaller than the rollout's scale down limit"
  return invalidValue('spec.strategy.scaleDownDelayRevisionLimit', limit, text)
}

const sameService = (one: string, other: string): string =>
  `This rollout uses the same service for the ${one} and ${other} services, but two different services are required.`

function canaryRule(canary: CanaryStrategy): Broken {
  return surgeRule(canary) ?? servicesRule(canary) ?? routingRule(canary) ?? stepsRule(canary)
}

/** The number in front of a percent sign, or of an integer; anything else counts as 0. */
const numberIn = (value: number | string): number =>
  typeof value === 'number' ? value : Number(/^([+-]?\d+)%?$/.exec(value)?.[1] ?? 0)

function surgeRule({ maxSurge = '25', maxUnavailable = '25' }: CanaryStrategy): Broken {
  if (numberIn(maxSurge) !== 0 || numberIn(maxUnavailable) !== 0) return undefined
  return invalidValue('spec.strategy.maxSurge', maxSurge, 'MaxSurge and MaxUnavailable both can not be zero')
}

function servicesRule({ canaryService, stableService, pingPong, trafficRouting }: CanaryStrategy): Broken {
  if (canaryService && canaryService === stableService) {
    return invalidValue('spec.strategy.stableService', stableService, sameService('stable', 'canary'))
  }
  if (!pingPong) return undefined
  const { alb, istio, plugins } = trafficRouting ?? {}
  if (trafficRouting && !alb && !istio && !plugins) {
    return invalidValue(
      'spec.strategy.trafficRouting.alb',
      alb ?? '',
      'Ping-pong feature works with the ALB, Istio, and plugin-based traffic routers only',
    )
  }
  const missing = 'Ping service and Pong service must to be set to use Ping-Pong feature'
  if (!pingPong.pingService) return invalidValue('spec.strategy.pingPong.pingService', '', missing)
  if (!pingPong.pongService) return invalidValue('spec.strategy.pingPong.pongService', '', missing)
  if (pingPong.pingService === pingPong.pongService) {
    return invalidValue('spec.strategy.pingPong.pingService', pingPong.pingService, sameService('ping', 'pong'))
  }
  if (!alb || alb.rootService) return undefined
  const text = 'Root service field is required for the configuration with ALB and ping-pong feature enabled'
  return invalidValue('spec.strategy.trafficRouting.alb.rootService', '', text)
}

function routingRule(canary: CanaryStrategy): Broken {
  const { trafficRouting: routing, stableService = '', canaryService = '' } = canary
  const { scaleDownDelaySeconds: delay, dynamicStableScale = false } = canary
  if (!routing) {
    if (delay !== undefined) {
      return invalidValue(
        'spec.strategy.scaleDownDelaySeconds',
        delay,
        'Canary scaleDownDelaySeconds can only be used with traffic routing',
      )
    }
    return dynamicStableScale
      ? invalidValue(
          'spec.strategy.dynamicStableScale',
          true,
          'Canary dynamicStableScale can only be used with traffic routing',
        )
      : undefined
  }
  const text = 'Canary service and Stable service must to be set to use Traffic Routing'
  if (needsServices(canary)) {
    if (stableService === '') return invalidValue('spec.strategy.stableService', '', text)
    if (canaryService === '') return invalidValue('spec.strategy.canaryService', '', text)
  }
  if (delay !== undefined && dynamicStableScale) {
    return invalidValue(
      'spec.strategy.dynamicStableScale',
      true,
      'Canary dynamicStableScale cannot be used with scaleDownDelaySeconds',
    )
  }
  if (routing.maxTrafficWeight === undefined || routing.nginx || routing.plugins) return undefined
  const unsupported = 'Canary maxTrafficWeight in traffic routing only supported in Nginx and Plugins'
  return invalidValue('spec.strategy.trafficRouting.maxTrafficWeight', routing.maxTrafficWeight, unsupported)
}

function needsServices({ trafficRouting: routing, pingPong }: CanaryStrategy): boolean {
  if (!routing) return false
  const { alb, istio, smi, apisix, ambassador, nginx, appMesh, traefik } = routing
  const others = smi ?? apisix ?? ambassador ?? nginx ?? appMesh ?? traefik
  return (
    others !== undefined ||
    (alb !== undefined && !pingPong) ||
    (istio !== undefined && !istio.destinationRule && !pingPong)
  )
}

function stepsRule(canary: CanaryStrategy): Broken {
  for (const [index, step] of (canary.steps ?? []).entries()) {
    const found = stepRule(canary, step, `spec.strategy.steps[${index}]`)
    if (found) return found
  }
  return undefined
}

const oneKind = 'Step must have one of the following set: experiment, setWeight, setCanaryScale, plugin or pause'

function stepRule(canary: CanaryStrategy, step: CanaryStep, path: string): Broken {
  const { experiment, pause, setWeight, analysis } = step
  const [isExperiment, isPause] = [experiment !== undefined, pause !== undefined]
  const [isWeight, isAnalysis] = [setWeight !== undefined, analysis !== undefined]
  if (Number(isExperiment) + Number(isPause) + Number(isWeight) + Number(isAnalysis) > 1) {
    const value = `step.Experiment: ${isExperiment} step.Pause: ${isPause} step.SetWeight: ${isWeight} step.Analysis: ${isAnalysis}`
    return invalidValue(path, value, oneKind)
  }
  const maxWeight = canary.trafficRouting?.maxTrafficWeight ?? 100
  if (setWeight !== undefined && (setWeight < 0 || setWeight > maxWeight)) {
    return invalidValue(`${path}.setWeight`, setWeight, `SetWeight needs to be between 0 and ${maxWeight}`)
  }
  const seconds = pause && pauseSecondsOf(pause)
  if (seconds !== undefined && seconds < 0) {
    return invalidValue(`${path}.pause.duration`, seconds, 'Duration needs to be greater than 0')
  }
  if (step.setCanaryScale && !canary.trafficRouting) {
    return requiredValue('spec.strategy.trafficRouting', 'SetCanaryScale requires TrafficRouting to be set')
  }
  return routeRule(canary, step, path)
}

function routeRule({ trafficRouting: routing }: CanaryStrategy, step: CanaryStep, path: string): Broken {
  const { setHeaderRoute, setMirrorRoute } = step
  if (setHeaderRoute && !(routing?.istio || routing?.alb || routing?.apisix || routing?.plugins)) {
    return invalidValue(
      `${path}.setHeaderRoute`,
      setHeaderRoute.name ?? '',
      'SetHeaderRoute requires TrafficRouting, supports Istio and ALB and Apisix',
    )
  }
  for (const [index, { headerValue }] of (setHeaderRoute?.match ?? []).entries()) {
    const found = matchRule(headerValue, `${path}.setHeaderRoute.match[${index}]`, routing?.alb !== undefined)
    if (found) return found
  }
  if (setMirrorRoute && !(routing?.istio || routing?.plugins)) {
    return invalidValue(
      `${path}.setMirrorRoute`,
      setMirrorRoute.name ?? '',
      'SetMirrorRoute requires TrafficRouting, supports Istio and Plugins',
    )
  }
  if ((!setHeaderRoute && !setMirrorRoute) || !routing) return undefined
  if (!routing.managedRoutes) {
    const text = "Rollout has missing field 'spec.strategy.canary.trafficRouting.managedRoutes'"
    return requiredValue('spec.strategy.trafficRouting.managedRoutes', text)
  }
  return undefined
}

function matchRule(match: StringMatch | undefined, path: string, isAlb: boolean): Broken {
  const missing = 'StringMatch value missed, match value must have one of the following: exact, regex, prefix'
  const kinds = [match?.exact, match?.regex, match?.prefix].filter((value) => value !== undefined && value !== '')
  if (!match || (!isAlb && kinds.length === 0)) return invalidValue(path, '', missing)
  if (isAlb) {
    const exactOnly = match.exact && kinds.length === 1
    return exactOnly
      ? undefined
      : invalidValue(path, '', "SetHeaderRoute match value invalid. ALB supports 'exact' value only")
  }
  if (kinds.length <= 1) return undefined
  return invalidValue(path, '', 'StringMatch match value must have exactly one of the following: exact, regex, prefix')
}
