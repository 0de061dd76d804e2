import * as plans from '../../commands/index'
import { isCompletedPhase } from '../../model/analysisPhases'
import type { KubeObject } from '../../model/meta'
import { type CommandOutput, printRequests } from '../commandAnswer'
import { type Command, output, text } from '../commandLine/command'
import { fileOperands, hintFor } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { exitCodes } from '../exitCodes'
import { hasErrors, printIssues } from '../files'
import { readManifests } from '../manifestFiles'
import { printNote } from '../output'
import { readableLine } from '../readable'
import { aboutFiles } from '../stateOptions'

interface ObjectDraft {
  files: readonly string[]
  name?: string
  output: CommandOutput
}

interface ObjectCommand {
  readonly name: string
  readonly kind: 'AnalysisRun' | 'Experiment'
  readonly summary: string
  readonly plan: (object: KubeObject) => plans.CommandPlan
  /** Whether the object is one that is usually meant. */
  readonly isMeant: (phase: string) => boolean
}

const isRunning = (phase: string): boolean => !isCompletedPhase(phase)
const hasEnded = (phase: string): boolean => isCompletedPhase(phase) && phase !== 'Successful'

const objectCommands: readonly ObjectCommand[] = [
  {
    name: 'retry experiment',
    kind: 'Experiment',
    summary: 'begin a failed Experiment anew',
    plan: plans.retryExperiment,
    isMeant: hasEnded,
  },
  {
    name: 'terminate analysisrun',
    kind: 'AnalysisRun',
    summary: 'end an AnalysisRun',
    plan: plans.terminateAnalysisRun,
    isMeant: isRunning,
  },
  {
    name: 'terminate experiment',
    kind: 'Experiment',
    summary: 'end an Experiment',
    plan: plans.terminateExperiment,
    isMeant: isRunning,
  },
]

const commandOf = ({ name, kind, summary, plan, isMeant }: ObjectCommand): Command =>
  defineCommand<ObjectDraft>({
    name,
    summary,
    title: `what does ${name} ask of the API server?`,
    about: [aboutFiles],
    operands: fileOperands(),
    options: [
      text('name', 'NAME', `Which ${kind}, if the files hold several.`, (given, value) => {
        given.name = value
      }),
      output(['text', 'json', 'kubectl'], 'Default text; kubectl prints the line that applies it.', (given, output) => {
        given.output = output
      }),
    ],
    examples: [`${name} dump.yaml --output kubectl | sh`],
    exitCodes: [
      [exitCodes.done, 'this is what it asks of the API server'],
      [exitCodes.badManifests, 'the files have errors, or do not say which one is meant'],
      [exitCodes.usage, 'the command line is wrong'],
    ],
    initial: () => ({ files: [], output: 'text' }),
    check: ({ files }) => (files.length === 0 ? `name a file with the ${kind}, or - for standard input` : undefined),
    run: ({ files, name: wanted, output }) => {
      const read = readManifests(files)
      if (!read) return exitCodes.badManifests
      printIssues(read.issues, (file) => read.texts.get(file))
      if (hasErrors(read.issues)) return exitCodes.badManifests
      const all = (read.objects as readonly KubeObject[]).filter((one) => one.kind === kind)
      const chosen = chooseObject(all, kind, wanted, isMeant)
      if ('problem' in chosen) {
        printNote(`rollout-engine: ${readableLine(chosen.problem)}`)
        return exitCodes.badManifests
      }
      printRequests(plan(chosen.object), output)
      return exitCodes.done
    },
  })

function chooseObject(
  all: readonly KubeObject[],
  kind: string,
  wanted: string | undefined,
  isMeant: (phase: string) => boolean,
): { readonly object: KubeObject } | { readonly problem: string } {
  const names = all.map(({ metadata }) => metadata.name)
  if (wanted !== undefined) {
    const object = all.find(({ metadata }) => metadata.name === wanted)
    return object ? { object } : { problem: `no ${kind} is called ${wanted}${hintFor(wanted, names)}` }
  }
  const phaseOf = ({ status }: KubeObject): string => (status as { readonly phase?: string } | undefined)?.phase ?? ''
  const likely = all.filter((one) => isMeant(phaseOf(one)))
  const [only, ...others] = all.length === 1 ? all : likely
  if (only && others.length === 0) return { object: only }
  if (all.length === 0) return { problem: `there is no ${kind} in the files` }
  return { problem: `say which ${kind} is meant, with --name: ${names.join(', ')}` }
}

export const commandsOfObjects: readonly Command[] = objectCommands.map(commandOf)
