import { describeMetrics, renderMetrics } from '../../monitoring/index'
import { fileOperands } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { exitCodes } from '../exitCodes'
import { type LookArguments, namespaceOption, objectsLookedAt } from '../lookedAt'
import { printText } from '../output'

/** `rollout-engine metrics`: what the controller's /metrics says about the objects of a dump. */
export const metricsCommand = defineCommand<LookArguments>({
  name: 'metrics',
  summary: 'what a scrape of the controller says about the objects of a dump',
  title: 'what does the controller tell Prometheus?',
  about: [
    'FILE holds Rollouts, AnalysisRuns, AnalysisTemplates and Experiments (- is standard input). What the metrics of the controller say about them is printed in the text format of Prometheus, under the same names and labels; try an alert on it before there is anything to be alarmed about.',
  ],
  operands: fileOperands(),
  options: [namespaceOption()],
  examples: ['metrics dump.yaml'],
  exitCodes: [
    [exitCodes.done, 'printed'],
    [exitCodes.badManifests, 'the files cannot be read'],
    [exitCodes.usage, 'the command line is wrong'],
    [exitCodes.notWritten, 'the output could not be written'],
  ],
  initial: () => ({ files: [] }),
  check: ({ files }) => (files.length === 0 ? 'name a FILE (- is standard input)' : undefined),
  run: (given) => {
    const objects = objectsLookedAt(given)
    if (!objects) return exitCodes.badManifests
    printText(renderMetrics(describeMetrics(objects)).replace(/\n$/, ''))
    return exitCodes.done
  },
})
