import { checkEveryWay, type ExhaustiveReport } from '../check/exhaustive'
import type { Invariant } from '../check/invariant'
import { type ControllerVersion, newestRelease } from '../model/controllerVersion'
import type { KubeObject } from '../model/meta'
import { decidedBy } from './decidedBy'
import { exitCodes } from './exitCodes'
import { hasErrors, printIssues } from './files'
import type { Manifests } from './manifestFiles'
import { printData, printText } from './output'
import { issuesAboutRollout } from './placedIssues'

interface EveryWayArguments {
  readonly depth: number
  readonly rollout?: string
  readonly controllers: readonly ControllerVersion[]
  readonly format: string
}

/** `check --exhaustive`. */
export function runEveryWay(
  { depth, rollout: name, controllers: [controller], format }: EveryWayArguments,
  read: Manifests,
  invariants: readonly Invariant[],
): number {
  const report = checkEveryWay(read.objects as readonly KubeObject[], {
    depth,
    name,
    invariants,
    options: { controller },
  })
  printIssues(issuesAboutRollout(report.issues, read, name), (file) => read.texts.get(file))
  if (hasErrors(report.issues)) return exitCodes.badManifests
  if (format === 'json') printData(JSON.stringify(report, null, 2))
  else printText(`${everyWayText(report)}\n\n${decidedBy([controller ?? newestRelease])}`)
  return report.passed ? exitCodes.done : exitCodes.broken
}

/** What an exhaustive check went through, its bounds, and the shortest way to each violation. */
function everyWayText(report: ExhaustiveReport): string {
  const { states, transitions, merged, depth, isComplete, actions, counterexamples, livelocks } = report
  const ways = counterexamples.map(({ invariant, sentence, seen, actions: path }) =>
    [
      `"${invariant === sentence ? sentence : `${invariant}: ${sentence}`}" does not hold: ${seen}`,
      ...path.map((action, index) => `  ${index + 1}. ${action}`),
    ].join('\n'),
  )
  const circles = livelocks.map(({ actions: path, cycle }) =>
    [
      'livelock: the controller goes round in a circle',
      ...path.map((action, index) => `  ${index + 1}. ${action}`),
      '  then, again and again:',
      ...cycle.map((step) => `    ${step}`),
    ].join('\n'),
  )
  const reach = isComplete
    ? `every way of ${depth} actions was gone`
    : `gave up before every way of ${depth} actions was gone: nothing is proven`
  const bounds = [
    `${reach}: ${states} states, ${transitions} transitions, ${merged} of them to a state that was known`,
    'bounds: pods start at once, the router obeys, analyses succeed; in each state one of',
    ...actions.map((action) => `  ${action}`),
  ]
  return [...ways, ...circles, bounds.join('\n')].join('\n\n')
}
