import type { ControllerVersion } from '../../model/controllerVersion'
import { controllerVersions, newestRelease } from '../../model/controllerVersion'
import type { Issue } from '../../model/issue'
import type { KubeObject } from '../../model/meta'
import { previewSimulation, type SimulationPreview } from '../../scenario/previewSimulation'
import { previewUpgrade, withStories } from '../../upgrade/previewUpgrade'
import { isTouched, type UpgradeFormat, upgradeText } from '../../upgrade/upgradeText'
import { choice, listed, text } from '../commandLine/command'
import { controllerOption, fileOperands, rolloutOption } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { exitCodes } from '../exitCodes'
import { hasErrors, printIssues } from '../files'
import { readManifests } from '../manifestFiles'
import { printData, printNote, printText } from '../output'
import type { ScenarioOfFile } from '../scenarioFiles'
import { readUpgradeFiles } from '../upgradeFiles'

interface UpgradeArguments {
  files: readonly string[]
  live: readonly string[]
  from?: ControllerVersion
  to: ControllerVersion
  rollout?: string
  format: UpgradeFormat | 'json'
}

/** `rollout-engine upgrade`: what another version of the controller will make of the same Rollout. */
export const upgradeCommand = defineCommand<UpgradeArguments>({
  name: 'upgrade',
  summary: 'what another version of the controller changes, and why',
  title: 'what will another version of the controller change?',
  about: [
    'FILE holds the Rollout and what it refers to. Eight stories (an update that is promoted, aborted, undone, ...) are simulated under both controllers; the first moment at which they differ is shown, with what changed between the versions.',
    'FILE may also be a Simulation (kind: Simulation), or a folder with some: its story is told under both controllers as well, and what it expects is judged.',
  ],
  operands: fileOperands(),
  options: [
    controllerOption(
      (given, version) => {
        given.from = version
      },
      'from',
      `The controller that runs today: ${listed(controllerVersions)}.`,
    ),
    controllerOption(
      (given, version) => {
        given.to = version
      },
      'to',
      `The one that is to run (default ${newestRelease}).`,
    ),
    text(
      'live',
      'FILE',
      'What the cluster holds, as kubectl get rollout,replicaset,service -o yaml prints it: says whether the running ReplicaSet is recognised or a new revision starts.',
      (given, file) => {
        given.live = [...given.live, file]
      },
      'files',
    ),
    rolloutOption((given, name) => {
      given.rollout = name
    }),
    choice('format', ['text', 'markdown', 'json'], 'Default text.', (given, format) => {
      given.format = format
    }),
  ],
  examples: ['upgrade rollout.yaml --from v1.8', 'upgrade rollout.yaml scenarios/ --from v1.8 --to v1.10'],
  exitCodes: [
    [exitCodes.done, 'every story goes as before'],
    [exitCodes.badManifests, 'the files have errors'],
    [exitCodes.usage, 'the command line is off'],
    [exitCodes.goesOtherwise, 'something goes otherwise'],
  ],
  initial: () => ({ files: [], live: [], to: newestRelease, format: 'text' }),
  check: missing,
  run: runPreview,
})

function missing({ files, from }: UpgradeArguments): string | undefined {
  if (files.length === 0) return 'name a file with the Rollout'
  return from === undefined
    ? `--from says which controller runs today: one of ${controllerVersions.join(', ')}`
    : undefined
}

function runPreview({ files, live, from = newestRelease, to, rollout, format }: UpgradeArguments): number {
  const [read, dump] = [readUpgradeFiles(files), live.length > 0 ? readManifests(live) : undefined]
  if (!read || (live.length > 0 && !dump)) return exitCodes.badManifests
  const told = read.scenarios.map((scenario) => ({
    scenario,
    ...previewSimulation(scenario.simulation, scenario.files, { from, to }),
  }))
  const issues = [...read.issues, ...(dump?.issues ?? []), ...told.flatMap(placed)]
  printIssues(issues, (file) => read.texts.get(file) ?? dump?.texts.get(file))
  if (hasErrors(issues)) return exitCodes.badManifests
  const report = previewUpgrade({
    manifests: read.manifests,
    name: rollout,
    from,
    to,
    live: dump?.objects as readonly KubeObject[] | undefined,
  })
  if (!report) {
    printNote('rollout-engine: the files hold no Rollout, or several: name one with --rollout')
    return exitCodes.badManifests
  }
  const whole = withStories(
    report,
    told.flatMap(({ report: story }) => story ?? []),
  )
  if (format === 'json') printData(JSON.stringify(whole, null, 2))
  else printText(upgradeText(whole, format))
  const isSame = whole.differing.length === 0 && !whole.workloads.some(isTouched)
  return isSame ? exitCodes.done : exitCodes.goesOtherwise
}

/** An issue about a Simulation has its file and line. */
const placed = ({ scenario, issues }: SimulationPreview & { readonly scenario: ScenarioOfFile }): readonly Issue[] =>
  issues.map((issue) => ({
    ...issue,
    file: issue.file ?? scenario.file,
    line: issue.line ?? scenario.lineOf(issue.path),
  }))
