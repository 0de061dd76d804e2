import type { Issue } from '../../model/issue'
import type { KubeObject } from '../../model/meta'
import { type Notification, notificationsOf, readNotificationConfig } from '../../notifications/index'
import { output, text } from '../commandLine/command'
import { fileOperands } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { wrap } from '../commandLine/wrap'
import { newEvents } from '../eventsOfDump'
import { exitCodes } from '../exitCodes'
import { printIssues } from '../files'
import { type LookArguments, namespaceOption, objectsLookedAt, ofKind } from '../lookedAt'
import { printJson, printNote, printText, terminalWidth } from '../output'
import { readableLine } from '../readable'

interface NotifyArguments extends LookArguments {
  before: readonly string[]
  format: 'text' | 'json'
}

const configName = 'argo-rollouts-notification-configmap'

/** `rollout-engine notify`: which notifications the events in a dump cause. */
export const notifyCommand = defineCommand<NotifyArguments>({
  name: 'notify',
  summary: 'who gets which message about the events of a dump',
  title: 'who gets a message, and what does it say?',
  about: [
    `FILE holds Rollouts, AnalysisRuns and Experiments, their Events (kubectl get rollout,analysisrun,event -o yaml), and the ConfigMap ${configName} (- is standard input). Each message that the controller would send is printed, with its recipient and why; nothing is sent.`,
    'Templates see the status from before an event. --before provides it, and Events in it are not reported again. Without it templates see the status of FILE.',
  ],
  operands: fileOperands(),
  options: [
    text(
      'before',
      'FILE',
      'The same objects as they were before; can be given several times.',
      (given, file) => {
        given.before = [...given.before, file]
      },
      'files',
    ),
    namespaceOption(),
    output(['text', 'json'], 'Default text; json prints the notifications as data.', (given, format) => {
      given.format = format
    }),
  ],
  examples: ['notify notifications.yaml dump.yaml', 'notify notifications.yaml after.yaml --before before.yaml'],
  exitCodes: [
    [exitCodes.done, 'the messages are printed, or there are none'],
    [exitCodes.badManifests, 'the files cannot be read, or a message cannot be made'],
    [exitCodes.usage, 'the command line is wrong'],
    [exitCodes.notWritten, 'the output could not be written'],
  ],
  initial: () => ({ files: [], before: [], format: 'text' }),
  check: ({ files }) => (files.length === 0 ? 'name a FILE (- is standard input)' : undefined),
  run: runNotify,
})

function runNotify({ files, before: formerFiles, namespace, format }: NotifyArguments): number {
  const objects = objectsLookedAt({ files })
  const former = formerFiles.length === 0 ? [] : objectsLookedAt({ files: formerFiles })
  if (!objects || !former) return exitCodes.badManifests
  // It is in the controller's namespace.
  const configMap = ofKind<KubeObject>(objects, 'ConfigMap').find(({ metadata }) => metadata.name === configName)
  if (!configMap) {
    printNote(`rollout-engine: there is no ConfigMap ${configName} in the files`)
    return exitCodes.badManifests
  }
  const { config, issues } = readNotificationConfig(configMap)
  const wanted = objects.filter(({ metadata }) => namespace === undefined || namespaceOf(metadata) === namespace)
  const told = toldOf(wanted, former, config)
  const all = [...issues, ...told.issues]
  printIssues(all)
  if (format === 'json') printJson({ notifications: told.notifications })
  else
    printText(
      told.notifications.length === 0 ? 'there are no messages' : told.notifications.map(messageText).join('\n\n'),
    )
  return all.some(({ severity }) => severity !== 'warning') ? exitCodes.badManifests : exitCodes.done
}

const namespaceOf = ({ namespace = 'default' }: KubeObject['metadata']): string => namespace

const ownEvents: readonly unknown[] = ['Rollout', 'AnalysisRun', 'Experiment']

function toldOf(
  after: readonly KubeObject[],
  before: readonly KubeObject[],
  config: ReturnType<typeof readNotificationConfig>['config'],
): { readonly notifications: readonly Notification[]; readonly issues: readonly Issue[] } {
  const analysisRuns = ofKind<KubeObject>(after, 'AnalysisRun')
  const former = new Map(before.map((object) => [identityOf(object), object]))
  const events = newEvents(after, before)
  const decisions = after
    .filter(({ kind }) => ownEvents.includes(kind))
    .map((object) => {
      const own = events.filter((event) => event.object.namespace === namespaceOf(object.metadata))
      return notificationsOf(
        { before: former.get(identityOf(object)) ?? object, after: object, events: own, analysisRuns },
        config,
      )
    })
  return {
    notifications: decisions.flatMap(({ notifications }) => notifications),
    issues: decisions.flatMap(({ issues }) => issues),
  }
}

const identityOf = ({ kind, metadata }: KubeObject): string =>
  JSON.stringify([kind, namespaceOf(metadata), metadata.name])

/** `slack releases, on-rollout-paused (RolloutPaused: Rollout is paused)`, and what they read below it. */
function messageText({ service, recipient, trigger, event, subject, body }: Notification): string {
  const whom = recipient === '' ? service : `${service} ${recipient}`
  const head = readableLine(`${whom}: ${trigger} (${event.reason}: ${event.message})`)
  const read = [...(subject === '' ? [] : [`subject: ${subject}`]), ...body.trim().split('\n')]
  return [head, ...read.flatMap((line) => wrap(readableLine(line), terminalWidth() - 4).map((part) => `    ${part}`))]
    .map((line) => line.trimEnd())
    .join('\n')
}
