import type { ControllerVersion } from '../../model/controllerVersion'
import { controllerVersions, newestRelease } from '../../model/controllerVersion'
import type { KubeObject } from '../../model/meta'
import { previewUpgrade } from '../../upgrade/previewUpgrade'
import { type UpgradeFormat, upgradeText } from '../../upgrade/upgradeText'
import { choice, listed, text } from '../commandLine/command'
import { controllerOption, fileOperands, rolloutOption } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { exitCodes } from '../exitCodes'
import { hasErrors, printIssues } from '../files'
import { readManifests } from '../manifestFiles'
import { printData, printNote, printText } from '../output'

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
  examples: ['upgrade rollout.yaml --from v1.8'],
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
  const [read, dump] = [readManifests(files), live.length > 0 ? readManifests(live) : undefined]
  if (!read || (live.length > 0 && !dump)) return exitCodes.badManifests
  const issues = [...read.issues, ...(dump?.issues ?? [])]
  printIssues(issues, (file) => read.texts.get(file) ?? dump?.texts.get(file))
  if (hasErrors(issues)) return exitCodes.badManifests
  const manifests = read.objects as readonly KubeObject[]
  const report = previewUpgrade({
    manifests,
    name: rollout,
    from,
    to,
    live: dump?.objects as readonly KubeObject[] | undefined,
  })
  if (!report) {
    printNote('rollout-engine: the files hold no Rollout, or several: name one with --rollout')
    return exitCodes.badManifests
  }
  if (format === 'json') printData(JSON.stringify(report, null, 2))
  else printText(upgradeText(report, format))
  const isSame = report.differing.length === 0 && report.revision.verdict !== 'new'
  return isSame ? exitCodes.done : exitCodes.goesOtherwise
}
