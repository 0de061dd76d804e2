import type { Issue } from '../../model/issue'
import type { KubeObject } from '../../model/meta'
import { describeExperiment, describeRollout, renderExperiment, renderRollout } from '../../view/index'
import type { Command } from '../commandLine/command'
import { output, text } from '../commandLine/command'
import { fileOperands, rolloutOption } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { exitCodes } from '../exitCodes'
import {
  chosen,
  type LookArguments,
  namespaceOption,
  noColourOption,
  nowOf,
  nowOption,
  objectsLookedAt,
  ofKind,
} from '../lookedAt'
import { printData, printJson, printNote, takesColours } from '../output'
import { readableLine, readableTexts } from '../readable'

interface GetArguments extends LookArguments {
  name?: string
  plain: boolean
  format: 'text' | 'json'
}

const initial = (): GetArguments => ({ files: [], plain: false, format: 'text' })

const about = (kind: string): readonly string[] => [
  `FILE holds what the cluster has, as kubectl get rollout,rs,pod,experiment,analysisrun,deployment -o yaml prints it (- is standard input). The ${kind} and what it owns are printed as kubectl argo rollouts get ${kind.toLowerCase()} prints them.`,
]

const exits: Command['exitCodes'] = [
  [exitCodes.done, 'printed'],
  [exitCodes.badManifests, 'the files cannot be read, or what is asked for is not among them'],
  [exitCodes.usage, 'the command line is wrong'],
  [exitCodes.notWritten, 'the output could not be written'],
]

const formatOption = output<GetArguments, 'text' | 'json'>(['text', 'json'], 'Default text.', (given, format) => {
  given.format = format
})

const shared = [
  namespaceOption<GetArguments>(),
  nowOption<GetArguments>(),
  noColourOption<GetArguments>(),
  formatOption,
]

const dump = 'kubectl get rollout,rs,pod,experiment,analysisrun -o yaml | rollout-engine'

/** `rollout-engine get rollout`: the tree of a Rollout, from a dump. */
export const getRolloutCommand = defineCommand<GetArguments>({
  name: 'get rollout',
  summary: 'a Rollout with its revisions, pods and analyses, from a dump',
  title: 'how does a Rollout stand?',
  about: about('Rollout'),
  operands: fileOperands(),
  options: [
    rolloutOption((given, name) => {
      given.name = name
    }),
    ...shared,
  ],
  examples: ['get rollout dump.yaml', 'get rollout dump.yaml --rollout web -n shop --output json'],
  notes: [`From a cluster: ${dump} get rollout -`],
  exitCodes: exits,
  initial,
  check: filesMissing,
  run: (given) =>
    shown(given, (objects) => {
      const one = chosen(objects, 'Rollout', given.name)
      if ('problem' in one) return one
      const view = describeRollout({ rollout: one.object, ...belongings(objects, one.object.metadata.namespace) })
      const missing = view.issues.find(({ code }) => code === 'workload-not-found')
      if (missing) return { problem: missing.message }
      return { view, text: (options) => renderRollout(readableTexts(view), options) }
    }),
})

/** `rollout-engine get experiment`: the tree of an Experiment, from a dump. */
export const getExperimentCommand = defineCommand<GetArguments>({
  name: 'get experiment',
  summary: 'an Experiment with its ReplicaSets and analyses, from a dump',
  title: 'how does an Experiment stand?',
  about: about('Experiment'),
  operands: fileOperands(),
  options: [
    text('experiment', 'NAME', 'Which Experiment, if the files hold several.', (given, name) => {
      given.name = name
    }),
    ...shared,
  ],
  examples: ['get experiment dump.yaml', 'get experiment dump.yaml --experiment bake-off'],
  exitCodes: exits,
  initial,
  check: filesMissing,
  run: (given) =>
    shown(given, (objects) => {
      const one = chosen(objects, 'Experiment', given.name)
      if ('problem' in one) return one
      const view = describeExperiment({ experiment: one.object, ...belongings(objects, one.object.metadata.namespace) })
      return { view, text: (options) => renderExperiment(readableTexts(view), options) }
    }),
})

function filesMissing({ files }: GetArguments): string | undefined {
  return files.length === 0 ? 'name a FILE (- is standard input)' : undefined
}

function belongings(objects: readonly KubeObject[], namespace: string | undefined) {
  const near = objects.filter(({ metadata }) => (metadata.namespace ?? '') === (namespace ?? ''))
  return {
    replicaSets: ofKind(near, 'ReplicaSet'),
    pods: ofKind(near, 'Pod'),
    experiments: ofKind(near, 'Experiment'),
    analysisRuns: ofKind(near, 'AnalysisRun'),
    workloads: ofKind(near, 'Deployment'),
  }
}

interface Shown {
  readonly view: { readonly issues: readonly Issue[] }
  readonly text: (options: { readonly now: string; readonly colour: boolean }) => string
}

function shown(
  given: GetArguments,
  look: (objects: readonly KubeObject[]) => Shown | { readonly problem: string },
): number {
  const objects = objectsLookedAt(given)
  if (!objects) return exitCodes.badManifests
  const seen = look(objects)
  if ('problem' in seen) {
    printNote(`rollout-engine: ${readableLine(seen.problem)}`)
    return exitCodes.badManifests
  }
  for (const { message } of seen.view.issues) printNote(`rollout-engine: ${readableLine(message)}`)
  if (given.format === 'json') printJson(seen.view)
  else printData(seen.text({ now: nowOf(given), colour: !given.plain && takesColours() }).replace(/\n$/, ''))
  return exitCodes.done
}
