import {
  type ExperimentRow,
  listExperiments,
  listRollouts,
  type RolloutRow,
  renderExperimentList,
  renderRolloutList,
} from '../../view/index'
import { output } from '../commandLine/command'
import { fileOperands } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { exitCodes } from '../exitCodes'
import { type LookArguments, namespaceOption, nowOf, nowOption, objectsLookedAt, ofKind } from '../lookedAt'
import { printData, printJson, printNote } from '../output'
import { readableTexts } from '../readable'

interface ListArguments extends LookArguments {
  format: 'text' | 'json'
}

const initial = (): ListArguments => ({ files: [], format: 'text' })

const options = [
  namespaceOption<ListArguments>(),
  nowOption<ListArguments>(),
  output<ListArguments, 'text' | 'json'>(['text', 'json'], 'Default text.', (given, format) => {
    given.format = format
  }),
]

const about = (kinds: string): readonly string[] => [
  `FILE holds what the cluster has, as kubectl get ${kinds} -A -o yaml prints it (- is standard input). The table is that of kubectl argo rollouts list ${kinds}; namespaces are a column where there are several.`,
]

const exits = [
  [exitCodes.done, 'printed'],
  [exitCodes.badManifests, 'the files cannot be read'],
  [exitCodes.usage, 'the command line is wrong'],
  [exitCodes.notWritten, 'the output could not be written'],
] as const

const filesMissing = ({ files }: ListArguments): string | undefined =>
  files.length === 0 ? 'name a FILE (- is standard input)' : undefined

/** `rollout-engine list rollouts`: one line each, from a dump. */
export const listRolloutsCommand = defineCommand<ListArguments>({
  name: 'list rollouts',
  summary: 'one line for each Rollout of a dump',
  title: 'how do the Rollouts stand?',
  about: about('rollouts'),
  operands: fileOperands(),
  options,
  examples: ['list rollouts dump.yaml', 'list rollouts dump.yaml -n shop'],
  exitCodes: exits,
  initial,
  check: filesMissing,
  run: (given) =>
    listed<RolloutRow>(given, {
      rows: (objects) => listRollouts(ofKind(objects, 'Rollout')),
      table: renderRolloutList,
    }),
})

/** `rollout-engine list experiments`: one line each, from a dump. */
export const listExperimentsCommand = defineCommand<ListArguments>({
  name: 'list experiments',
  summary: 'one line for each Experiment of a dump',
  title: 'how do the Experiments stand?',
  about: about('experiments'),
  operands: fileOperands(),
  options,
  examples: ['list experiments dump.yaml'],
  exitCodes: exits,
  initial,
  check: filesMissing,
  run: (given) =>
    listed<ExperimentRow>(given, {
      rows: (objects) => listExperiments(ofKind(objects, 'Experiment'), nowOf(given)),
      table: renderExperimentList,
    }),
})

interface List<Row> {
  readonly rows: (objects: NonNullable<ReturnType<typeof objectsLookedAt>>) => readonly Row[]
  readonly table: (rows: readonly Row[], options: { readonly namespaces: boolean }) => string
}

function listed<Row extends { readonly namespace: string }>(given: ListArguments, { rows, table }: List<Row>): number {
  const objects = objectsLookedAt(given)
  if (!objects) return exitCodes.badManifests
  const found = rows(objects)
  const namespaces = new Set(found.map(({ namespace }) => namespace)).size > 1
  if (given.format === 'json') printJson(found)
  else if (found.length === 0) printNote('No resources found.')
  else printData(table(readableTexts(found), { namespaces }).replace(/\n$/, ''))
  return exitCodes.done
}
