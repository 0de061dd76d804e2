import { describeRollout, statusReport } from '../../view/index'
import { fileOperands, rolloutOption } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { exitCodes } from '../exitCodes'
import { chosen, type LookArguments, namespaceOption, objectsLookedAt } from '../lookedAt'
import { printNote, printText } from '../output'
import { readableLine } from '../readable'

interface StatusArguments extends LookArguments {
  name?: string
}

/** `rollout-engine status`: the phase of a Rollout in one line, from a dump. */
export const statusCommand = defineCommand<StatusArguments>({
  name: 'status',
  summary: 'the phase of a Rollout in one line, from a dump',
  title: 'is a Rollout done?',
  about: [
    'FILE holds the Rollout as the cluster has it (- is standard input). The line is that of kubectl argo rollouts status --watch=false.',
  ],
  operands: fileOperands(),
  options: [
    rolloutOption((given, name) => {
      given.name = name
    }),
    namespaceOption(),
  ],
  examples: ['status dump.yaml', 'status dump.yaml --rollout web'],
  exitCodes: [
    [exitCodes.done, 'Healthy, or on its way'],
    [exitCodes.badManifests, 'the files cannot be read, or the Rollout is not among them'],
    [exitCodes.usage, 'the command line is wrong'],
    [exitCodes.failed, 'Degraded'],
    [exitCodes.notWritten, 'the output could not be written'],
  ],
  initial: () => ({ files: [] }),
  check: ({ files }) => (files.length === 0 ? 'name a FILE (- is standard input)' : undefined),
  run: (given) => {
    const objects = objectsLookedAt(given)
    if (!objects) return exitCodes.badManifests
    const one = chosen(objects, 'Rollout', given.name)
    if ('problem' in one) {
      printNote(`rollout-engine: ${readableLine(one.problem)}`)
      return exitCodes.badManifests
    }
    const { text, error } = statusReport(describeRollout({ rollout: one.object, replicaSets: [] }))
    printText(readableLine(text))
    if (error === undefined) return exitCodes.done
    printNote(readableLine(error))
    return exitCodes.failed
  },
})
