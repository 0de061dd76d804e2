import type { Invariant } from '../invariant'
import { isRouted, roleServices, selectsEveryRevision } from '../shares'
import type { RevisionState, StrategyState } from '../state'
import { isDecision, type Step, watching } from './steps'

// A revision that gets traffic has to have the pods for it. Rounding and small shortfalls are normal, so a revision
// counts as too small only if each of its pods would get at least twice its share.

const overload = 2

const podsFor = (percent: number, replicas: number): number => Math.ceil((percent / 100) * replicas - 1e-9)

const isTooFew = (pods: number, { mostPercent }: RevisionState, replicas: number): boolean =>
  mostPercent > 0 && pods * overload < podsFor(mostPercent, replicas)

const told = ({ revision, available, wanted, mostPercent }: RevisionState, { replicas }: StrategyState): string =>
  `revision ${revision} may get ${mostPercent} % of the traffic, which takes ${podsFor(mostPercent, replicas)} pods, and has ${available} available of ${wanted}`

/** Revisions that may get more traffic than before this decision, while another one served it. */
function risen({ before, now }: Step): readonly RevisionState[] {
  const shareBefore = (hash: string): number => before?.revisions.find((one) => one.hash === hash)?.mostPercent ?? 0
  return now.revisions.filter(
    ({ hash, mostPercent }) =>
      mostPercent > shareBefore(hash) &&
      before?.revisions.some((other) => other.hash !== hash && other.mostPercent > 0 && other.available > 0),
  )
}

/** Traffic that a decision sent to a revision with too few pods, which it has not just lost. */
function overloaded(step: Step, kind: 'setWeight' | 'selectPods'): string | undefined {
  const { now, isDisturbed } = step
  if (!isDecision(step) || now.isRefused || !now.changes.some((change) => change.kind === kind)) return undefined
  const small = risen(step).find((one) => isTooFew(one.available, one, now.replicas) && !isDisturbed(one.hash))
  return small && told(small, now)
}

export const routedCapacity: Invariant = {
  id: 'S1',
  sentence: 'a revision gets more weight only once it has the pods for it',
  threads: ['AR#3941', 'AR#3372', 'AR#3020', 'AR#4612'],
  start: watching((step) => overloaded(step, 'setWeight')),
}

export const effectOrder: Invariant = {
  id: 'S7',
  sentence: 'a Service that receives traffic is turned to a revision only once it has the pods for it',
  threads: ['AR#4390', 'AR#2235', 'AR#1718'],
  start: watching((step) => overloaded(step, 'selectPods')),
}

export const noDrainWhileRouted: Invariant = {
  id: 'S2',
  sentence: 'a revision that may still get traffic keeps the pods for it',
  threads: ['AR#2235', 'AR#2050', 'AR#4390', 'AR#3926', 'AR#3333'],
  start: watching((step) => {
    if (!isDecision(step)) return undefined
    const { before, now } = step
    const drained = now.revisions.find((one) => {
      const wantedBefore = before?.revisions.find(({ hash }) => hash === one.hash)?.wanted ?? 0
      return one.wanted < wantedBefore && isTooFew(one.wanted, one, now.replicas)
    })
    return drained && told(drained, now)
  }),
}

/** The Service of the router's stable role selects the pods of every revision, while another revision serves too. */
function mixesRevisions(now: StrategyState): string | undefined {
  const { rollout, objects, revisions, updating, weight } = now
  if (!rollout || !updating || weight.commanded === null || !isRouted(rollout)) return undefined
  const name = roleServices(rollout).stable
  const isMixed = name !== undefined && selectsEveryRevision(rollout, objects, name)
  const serving = revisions.filter(({ available }) => available > 0)
  return isMixed && serving.length > 1
    ? `the stable Service ${name} selects the pods of ${serving.map(({ revision }) => `revision ${revision}`).join(' and ')}`
    : undefined
}

export const oneRevisionPerRole: Invariant = {
  id: 'S9',
  sentence: 'a Service that gets the traffic of stable selects one revision',
  threads: ['AR#5006', 'AR#1453'],
  start: () => {
    let since: number | undefined
    return {
      next: (now) => {
        const seen = mixesRevisions(now)
        if (seen === undefined) since = undefined
        else since ??= now.atSeconds
        return since !== undefined && now.atSeconds > since ? seen : undefined
      },
    }
  },
}

export const lastHealthyCopy: Invariant = {
  id: 'S6',
  sentence: 'the only revision with pods that serve is never scaled to zero',
  threads: ['AR#3565', 'AR#1292'],
  start: watching((step) => {
    const { before, now } = step
    if (!isDecision(step) || !before || now.replicas === 0 || before.replicas === 0) return undefined
    const serving = before.revisions.filter(({ available }) => available > 0)
    const [last] = serving
    if (!last || serving.length > 1) return undefined
    const after = now.revisions.find(({ hash }) => hash === last.hash)
    if (after && after.wanted > 0) return undefined
    return `revision ${last.revision} had all ${last.available} pods that serve, and is scaled to zero`
  }),
}
