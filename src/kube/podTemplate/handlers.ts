import { invalid, invalidPrinted, unsupported } from '../fieldError'
import { httpHeaderName, portName } from '../names'
import {
  all,
  between,
  exactlyOne,
  field,
  formatted,
  isSet,
  listAt,
  never,
  notNegative,
  number,
  numberAt,
  own,
  type Rule,
  report,
  required,
  requiredOneOf,
  textAt,
  when,
} from '../rule'
import type { PodFacts } from './podFacts'
import { linuxSignals, windowsSignals } from './signals'

// Probes, and what runs when a container starts or stops.

const portNumber = between(1, 65_535)

const portNumberOrName: Rule = (spot) => (typeof spot.value === 'string' ? formatted(portName) : portNumber)(spot)

const headerNames: Rule = (spot) => {
  for (const header of listAt(spot.value)) formatted(httpHeaderName)({ ...spot, value: textAt(own(header, 'name')) })
}

const exec = field('command', required())

const httpGet = all(
  field('path', required()),
  field('port', portNumberOrName),
  field('scheme', requiredOneOf('HTTP', 'HTTPS')),
  field('httpHeaders', headerNames),
)

const port = field('port', portNumberOrName)

const sleep =
  ({ graceSeconds }: PodFacts): Rule =>
  (spot) => {
    const seconds = numberAt(own(spot.value, 'seconds'))
    if (seconds > 0 && seconds <= graceSeconds) return
    const detail = `must be greater than 0 and less than terminationGracePeriodSeconds (${graceSeconds}). Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep.`
    report(spot, invalid(spot.path, seconds, detail))
  }

const texts = { none: 'must specify a handler type', several: 'may not specify more than 1 handler type' }
const common = [
  { name: 'exec', rule: exec },
  { name: 'httpGet', rule: httpGet },
  { name: 'tcpSocket', rule: port },
]

const probe = all(
  exactlyOne([...common, { name: 'grpc', rule: port }], texts),
  ...['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'].map((name) =>
    field(name, notNegative),
  ),
  field(
    'terminationGracePeriodSeconds',
    when(
      isSet,
      number((seconds) => seconds > 0, 'must be greater than 0'),
    ),
  ),
)

const oneSuccess = field(
  'successThreshold',
  number((value) => value === 1, 'must be 1'),
)

const noGracePeriod = field('terminationGracePeriodSeconds', (spot) => {
  if (!isSet(spot.value)) return
  report(spot, invalidPrinted(spot.path, String(numberAt(spot.value)), 'must not be set for readinessProbes'))
})

export const probes = all(
  field('livenessProbe', when(isSet, probe, oneSuccess)),
  field('readinessProbe', when(isSet, probe, noGracePeriod)),
  field('startupProbe', when(isSet, probe, oneSuccess)),
)

const stopSignal =
  ({ os }: PodFacts): Rule =>
  (spot) => {
    if (os === undefined) return never('may not be set for containers with empty `spec.os.name`')(spot)
    const supported = os === 'windows' ? windowsSignals : os === 'linux' ? linuxSignals : undefined
    const signal = textAt(spot.value)
    if (supported && !supported.includes(signal)) report(spot, unsupported(spot.path, signal, supported))
  }

export const lifecycle =
  (pod: PodFacts): Rule =>
  (container) => {
    if (!isSet(own(container.value, 'lifecycle'))) return
    const handler = when(isSet, exactlyOne([...common, { name: 'sleep', rule: sleep(pod) }], texts))
    field(
      'lifecycle',
      field('postStart', handler),
      field('preStop', handler),
      field('stopSignal', when(isSet, stopSignal(pod))),
    )(container)
  }
