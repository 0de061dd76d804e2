import { nearest } from '../../input/nearest'
import { neighbours } from '../facts'
import { referencesOf } from '../references'
import { rolloutRule } from '../rule'

export const referenceMisspelt = rolloutRule(
  {
    id: 'reference-misspelt',
    severity: 'error',
    summary: 'a name that no object has, and nearly one has',
    why: 'The controller refuses a Rollout whose Services or templates do not exist, and nothing is rolled out until the name is right.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/1052',
  },
  function* (rollout, at, target) {
    const references = referencesOf(rollout)
    const named = new Set(references.map(({ kind, name }) => `${kind} ${name}`))
    for (const { path, kind, name } of references) {
      const given = neighbours(target, at, kind).map(({ object }) => object.metadata.name)
      if (given.includes(name)) continue
      // An object that the Rollout names elsewhere is hardly meant a second time.
      const meant = nearest(
        name,
        given.filter((one) => !named.has(`${kind} ${one}`)),
      )
      if (meant === undefined) continue
      const message = `no ${kind} is called ${name} among the files: did you mean ${meant}?`
      yield { path, message, fix: { op: 'set', path, value: meant } }
    }
  },
)
