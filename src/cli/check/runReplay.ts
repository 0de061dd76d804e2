import type { Invariant } from '../../check/invariant'
import { type Counterexample, replayScenario } from '../../check/replay'
import { type ControllerVersion, newestRelease } from '../../model/controllerVersion'
import { scenarioOf } from '../../scenario/counterexample'
import { decidedBy } from '../decidedBy'
import { exitCodes } from '../exitCodes'
import { hasErrors, printIssues } from '../files'
import { printJson, printText } from '../output'
import { readScenarioFiles } from '../scenarioFiles'

interface ReplayArguments {
  readonly rollout?: string
  readonly controllers: readonly ControllerVersion[]
  readonly format: string
}

/** `check --replay FILE`: a saved run again, turn by turn. */
export function runReplay(
  { rollout, controllers: [controller], format }: ReplayArguments,
  file: string,
  invariants: readonly Invariant[],
): number {
  const read = readScenarioFiles([file])
  if (!read) return exitCodes.badManifests
  printIssues(read.issues, (one) => read.texts.get(one))
  const [saved] = read.scenarios
  if (!saved || hasErrors(read.issues)) return exitCodes.badManifests
  const { manifests, scenario, issues: found } = scenarioOf(saved.simulation, saved.files)
  const version = controller ?? saved.simulation.spec.controller ?? newestRelease
  const { counterexample, issues } = replayScenario(manifests, scenario, {
    name: rollout ?? saved.simulation.spec.rollout,
    invariants,
    options: { controller: version },
  })
  if (hasErrors(found) || issues.length > 0) {
    printIssues([...found.map((issue) => ({ ...issue, file, line: saved.lineOf(issue.path) })), ...issues])
    return exitCodes.badManifests
  }
  printReplay(counterexample, version, format)
  return counterexample ? exitCodes.broken : exitCodes.done
}

function printReplay(broken: Counterexample | undefined, controller: ControllerVersion, format: string): void {
  if (format === 'json') printJson({ controller, passed: broken === undefined, ...broken })
  else printText(`${broken?.story ?? 'every sentence holds in this run'}\n\n${decidedBy([controller])}`)
}
