import { forbidden, invalid, invalidPrinted, missing } from '../fieldError'
import { labelSelector } from '../labels'
import { dnsLabel, dnsSubdomain } from '../names'
import {
  all,
  field,
  formatted,
  ifGiven,
  isSet,
  listAt,
  oneOf,
  own,
  type Rule,
  report,
  required,
  type Spot,
  textAt,
  when,
} from '../rule'
import { amountProblems, isPositive, quantityAt, quantityText } from './amounts'

// The claim that an ephemeral volume is made from. Its metadata is lost on the way to Kubernetes' rules (see
// volumeSources.ts) and never judged.

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'] as const
const alone = 'ReadWriteOncePod'

/** Every mode is complained about at the list. */
const knownModes: Rule = (spot) => {
  const modes = listAt(spot.value).map(textAt)
  for (const mode of modes) oneOf(...accessModes)({ ...spot, value: mode })
  const others = modes.some((mode) => mode !== alone && accessModes.some((known) => known === mode))
  if (modes.includes(alone) && others) {
    report(spot, forbidden(spot.path, 'may not use ReadWriteOncePod with other access modes'))
  }
}

const storage: Rule = (spot) => {
  const path = `${spot.path}.resources[storage]`
  const quantity = quantityAt(own(own(own(spot.value, 'resources'), 'requests'), 'storage'))
  if (!quantity) report(spot, missing(path))
  else if (!isPositive(quantity)) report(spot, invalid(path, quantityText(quantity), 'must be greater than zero'))
  else for (const problem of amountProblems('storage', quantity, path)) report(spot, problem)
}

const claimKind = 'PersistentVolumeClaim'

const dataSource = all(
  field('name', required()),
  field('kind', required()),
  (spot) => {
    const [group, kind] = [textAt(own(spot.value, 'apiGroup')), textAt(own(spot.value, 'kind'))]
    if (group === '' && kind !== claimKind) {
      report(spot, invalid(spot.path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup"))
    }
  },
  field('apiGroup', ifGiven(formatted(dnsSubdomain))),
)

const dataSourceRef = all(dataSource, field('namespace', ifGiven(formatted(dnsLabel))))

/** Both may be given where they say the same. The complaint shows an empty value. */
const agreeingSources: Rule = (spot) => {
  const [source, reference] = [own(spot.value, 'dataSource'), own(spot.value, 'dataSourceRef')]
  if (!isSet(source) || !isSet(reference)) return
  if (textAt(own(reference, 'namespace')) !== '') {
    complain(spot, 'may not be specified when dataSourceRef.namespace is specified')
  } else if (!sameSource(source, reference)) {
    complain(spot, 'must match dataSourceRef')
  }
}

const sameSource = (one: unknown, other: unknown): boolean =>
  own(one, 'apiGroup') === own(other, 'apiGroup') &&
  ['kind', 'name'].every((name) => textAt(own(one, name)) === textAt(own(other, name)))

const complain = (spot: Spot, detail: string): void => report(spot, invalidPrinted(spot.path, '{}', detail))

const className = ifGiven(formatted(dnsSubdomain))

export const claimTemplate = field(
  'spec',
  field('accessModes', required('at least 1 access mode is required')),
  field('selector', labelSelector),
  field('accessModes', knownModes),
  storage,
  field('storageClassName', className),
  field('volumeMode', when(isSet, oneOf('Block', 'Filesystem'))),
  field('dataSource', when(isSet, dataSource)),
  field('dataSourceRef', when(isSet, dataSourceRef)),
  agreeingSources,
  field('volumeAttributesClassName', className),
)
