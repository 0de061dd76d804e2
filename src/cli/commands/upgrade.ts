import type { ControllerVersion } from '../../model/controllerVersion'
import { controllerVersions, newestRelease } from '../../model/controllerVersion'
import type { Issue } from '../../model/issue'
import type { KubeObject } from '../../model/meta'
import { previewSimulation, type SimulationPreview } from '../../scenario/previewSimulation'
import { simulate } from '../../simulate/simulate'
import { previewUpgrade, withStories } from '../../upgrade/previewUpgrade'
import { isTouched, type UpgradeFormat, upgradeText } from '../../upgrade/upgradeText'
import { listed, output, text } from '../commandLine/command'
import { controllerOption, fileOperands, rolloutOption } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { exitCodes } from '../exitCodes'
import { hasErrors, printIssues } from '../files'
import { readManifests } from '../manifestFiles'
import { printJson, printNote, printText } from '../output'
import { issuesAboutRollout } from '../placedIssues'
import { readableTexts } from '../readable'
import type { ScenarioOfFile } from '../scenarioFiles'
import { asApplied, readUpgradeFiles, rolloutsOf, type UpgradeFiles, withoutOtherRollouts } from '../upgradeFiles'

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
    'Of several Rollouts, each has a part of the report. Without FILE, the Rollouts of the dump of --live are used, as they were applied.',
    'FILE may also be a Simulation (kind: Simulation), or a folder with some: its story runs under both controllers as well, and its expectations are checked.',
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
      'What the cluster holds, as kubectl get rollout,replicaset,service -o yaml prints it: says of every Rollout in it whether the running ReplicaSet is recognised or a new revision starts.',
      (given, file) => {
        given.live = [...given.live, file]
      },
      'files',
    ),
    rolloutOption((given, name) => {
      given.rollout = name
    }),
    output(['text', 'markdown', 'json'], 'Default text.', (given, format) => {
      given.format = format
    }),
  ],
  examples: ['upgrade rollout.yaml --from v1.8', 'upgrade rollout.yaml scenarios/ --from v1.8 --to v1.10'],
  exitCodes: [
    [exitCodes.done, 'every story goes as before'],
    [exitCodes.badManifests, 'the files have errors'],
    [exitCodes.usage, 'the command line is wrong'],
    [exitCodes.goesOtherwise, 'something goes otherwise'],
  ],
  initial: () => ({ files: [], live: [], to: newestRelease, format: 'text' }),
  check: missing,
  run: runPreview,
})

function missing({ files, live, from }: UpgradeArguments): string | undefined {
  if (files.length === 0 && live.length === 0) return 'name a file with the Rollout, or a dump with --live'
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
  const running = dump?.objects as readonly KubeObject[] | undefined
  const manifests = files.length > 0 ? read.manifests : asApplied(running ?? [])
  const names = rolloutsOf(manifests, rollout)
  if (files.length > 0) for (const name of names) tellRefusal(read, manifests, name, to)
  const previews = names.map((name) =>
    previewUpgrade({ manifests: withoutOtherRollouts(manifests, name), name, from, to, live: running }),
  )
  const reports = previews.filter((report) => report !== undefined)
  const [first, ...others] = reports
  if (!first || reports.length < previews.length) {
    printNote(
      manifests.some(({ kind, metadata }) => kind === 'Rollout' && (!rollout || metadata.name === rollout))
        ? 'rollout-engine: two Rollouts have the same name: give a file with one of them'
        : 'rollout-engine: the files hold no such Rollout',
    )
    return exitCodes.badManifests
  }
  const stories = told.flatMap(({ report: story }) => story ?? [])
  const whole = [withStories(first, stories), ...others]
  if (format === 'json') printJson(whole.length === 1 ? whole[0] : whole)
  else {
    const shown = readableTexts(whole).map((one, at) => (at === 0 ? one : { ...one, workloads: [] }))
    printText(shown.map((one) => upgradeText(one, format)).join('\n\n'))
  }
  const isSame = whole.every((one) => one.differing.length === 0) && !first.workloads.some(isTouched)
  return isSame ? exitCodes.done : exitCodes.goesOtherwise
}

/** Nothing goes otherwise where both controllers refuse the Rollout: that has to be said. */
function tellRefusal(
  { read, texts }: UpgradeFiles,
  manifests: readonly KubeObject[],
  name: string,
  controller: ControllerVersion,
): void {
  const { issues } = simulate({
    manifests: withoutOtherRollouts(manifests, name),
    name,
    untilSeconds: 1,
    options: { controller },
  })
  const refused = issues.filter(({ code }) => code === 'invalid-spec')
  printIssues(issuesAboutRollout(refused, read, name), (file) => texts.get(file))
}

/** An issue about a Simulation has its file and line. */
const placed = ({ scenario, issues }: SimulationPreview & { readonly scenario: ScenarioOfFile }): readonly Issue[] =>
  issues.map((issue) => ({
    ...issue,
    file: issue.file ?? scenario.file,
    line: issue.line ?? scenario.lineOf(issue.path),
  }))
