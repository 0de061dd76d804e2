import { nearest } from '../../input/nearest'
import { asKind } from '../../model/kinds'
import { neighbours, objectsOfKind } from '../facts'
import { ofTarget } from '../ofTarget'
import { referencesOf } from '../references'
import { rolloutRule } from '../rule'

const withoutDigits = (name: string): string => name.replace(/\d+/g, '')

/** Everything that Rollouts of the files name. */
const namedBy = ofTarget(
  (target): ReadonlySet<string> =>
    new Set(
      objectsOfKind(target, 'Rollout')
        .filter(({ object }) => object.spec)
        .flatMap(({ object }) => referencesOf(asKind('Rollout', object)))
        .map(({ kind, name }) => `${kind} ${name}`),
    ),
)

/** Among more than that nobody looks for a name that is nearly the same. */
const mostNames = 1000

export const referenceMisspelt = rolloutRule(
  {
    id: 'reference-misspelt',
    severity: 'warning',
    summary: 'a reference to an object that does not exist, although one with nearly the same name does',
    why: 'The controller refuses a Rollout whose Services or templates do not exist, and nothing is rolled out until the name is right.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/1052',
  },
  function* (rollout, at, target) {
    const named = namedBy(target)
    for (const { path, kind, name } of referencesOf(rollout)) {
      const given = neighbours(target, at, kind).map(({ object }) => object.metadata.name)
      if (given.length > mostNames || given.includes(name)) continue
      // What a Rollout names rightly is hardly meant by another name, and web-2 is not web-1 misspelt.
      const meant = nearest(
        name,
        given.filter((one) => !named.has(`${kind} ${one}`) && withoutDigits(one) !== withoutDigits(name)),
      )
      if (meant === undefined) continue
      const message = `no ${kind} is called ${name} among the files: did you mean ${meant}?`
      yield { path, message, fix: { op: 'set', path, value: meant } }
    }
  },
)
