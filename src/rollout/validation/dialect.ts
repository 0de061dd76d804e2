import { goQuote } from '../../go/goQuote'
import { goKeys } from '../../go/json/goJson'
import type { CodedFieldError } from '../../kube/fieldErrorBody'
import type { ControllerVersion } from '../../model/controllerVersion'
import type { IntOrString, StringMap } from '../../model/meta'
import type { Rollout } from '../../model/rollout'
import type { Dialect } from '../facts/semantics'

/** Since v1.10; main is the same. */
export const dialect: Dialect = {
  noPingPong: 'Ping-pong feature works with the ALB, Istio, and plugin-based traffic routers only',
  noMirror: 'SetMirrorRoute requires TrafficRouting, supports Istio and Plugins',
  noExperimentWeight:
    'Experiment template weight is only available for TrafficRouting with SMI, ALB, Istio and Plugins at this time',
  pluginsPingPong: true,
  pluginsMirror: true,
  pluginsWeighExperiments: true,
  oneStepKind: 'Step must have one of the following set: experiment, setWeight, setCanaryScale, plugin or pause',
  stepKinds: [
    ['experiment', 'Experiment'],
    ['pause', 'Pause'],
    ['setWeight', 'SetWeight'],
    ['analysis', 'Analysis'],
    ['setCanaryScale', 'SetCanaryScale'],
    ['setHeaderRoute', 'SetHeaderRoute'],
    ['setMirrorRoute', 'SetMirrorRoute'],
    ['plugin', 'Plugin'],
  ],
  printed: (error) => error,
}

export const dialectOf19: Dialect = {
  ...dialect,
  noPingPong: 'Ping-pong feature works with the ALB and Istio traffic routers only',
  noMirror: 'SetMirrorRoute requires TrafficRouting, supports Istio only',
  pluginsPingPong: false,
  pluginsMirror: false,
}

/** Built on Kubernetes 0.29, which prints wrong values in Go's own notation. */
export const dialectOf18: Dialect = { ...dialectOf19, printed: inGoNotation }

export const dialectOf17: Dialect = {
  ...dialectOf18,
  noExperimentWeight:
    'Experiment template weight is only available for TrafficRouting with SMI, ALB, and Istio at this time',
  pluginsWeighExperiments: false,
  oneStepKind: 'Step must have one of the following set: experiment, setWeight, setCanaryScale or pause',
  stepKinds: dialect.stepKinds
    .filter(([kind]) => kind !== 'plugin')
    .map(([kind, printed]) => [kind, kind === 'setMirrorRoute' ? 'SetMirrorRoutes' : printed]),
}

/** Only values without pointers are printed exactly: for pointers the controller prints memory addresses. */
function inGoNotation(error: CodedFieldError, rollout: Rollout): CodedFieldError {
  const print = Object.hasOwn(goPrinters, error.code) ? goPrinters[error.code] : undefined
  const value = error.body.startsWith('Invalid value: null: ') ? '"null"' : undefined
  const printed = print?.(rollout) ?? value
  if (printed === undefined) return error
  const [, detail] = /^Invalid value: (?:null|\d+|"[^"]*"|\{.*?\}): (.*)$/s.exec(error.body) ?? []
  return detail === undefined ? error : { ...error, body: `Invalid value: ${printed}: ${detail}` }
}

const goPrinters: Readonly<Record<string, (rollout: Rollout) => string>> = {
  'empty-selector': () =>
    'v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement(nil)}',
  'selector-does-not-match': ({ spec }) => goMap(spec.template?.metadata?.labels),
  'no-room': ({ spec }) => goIntOrString(spec.strategy?.canary?.maxSurge ?? 0),
}

function goMap(map: StringMap | undefined | null): string {
  if (!map) return 'map[string]string(nil)'
  return `map[string]string{${goKeys(map)
    .map((key) => `${goQuote(key)}:${goQuote(map[key] ?? '')}`)
    .join(', ')}}`
}

const goIntOrString = (value: IntOrString): string =>
  typeof value === 'number'
    ? `intstr.IntOrString{Type:0, IntVal:${value}, StrVal:""}`
    : `intstr.IntOrString{Type:1, IntVal:0, StrVal:${goQuote(value)}}`

/** The dialect of each version; `semantics` names the same. */
export const dialects: Readonly<Record<ControllerVersion, Dialect>> = {
  main: dialect,
  'v1.10': dialect,
  'v1.9': dialectOf19,
  'v1.8': dialectOf18,
  'v1.7': dialectOf17,
}
