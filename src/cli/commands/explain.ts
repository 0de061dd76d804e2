import { type Explanation, explain } from '../../explain/explain'
import { explanationText } from '../../explain/explainText'
import { choice } from '../commandLine/command'
import { fileOperands } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { wrap } from '../commandLine/wrap'
import { exitCodes } from '../exitCodes'
import { observeFiles } from '../observed'
import { printData, printText, terminalWidth } from '../output'
import { readableLine } from '../readable'
import {
  aboutFiles,
  fileAsked,
  type OutlookDraft,
  outlookOptions,
  type StateDraft,
  stateOptions,
} from '../stateOptions'

interface ExplainDraft extends StateDraft, OutlookDraft {
  output: 'text' | 'json'
}

/** `rollout-engine explain`: why does it make no progress, and what would help? */
export const explainCommand = defineCommand<ExplainDraft>({
  name: 'explain',
  summary: 'why a Rollout is not further, and what helps',
  title: 'why is it not further?',
  about: [
    'Says what the Rollout waits for, since when, until when at the latest, who or what ends it and with which command; where things wait for each other, the circle; and what happens if nobody does anything.',
    aboutFiles,
  ],
  operands: fileOperands(),
  options: [
    choice('output', ['text', 'json'], 'Default text; json prints the same as data.', (given, output) => {
      given.output = output
    }),
    ...outlookOptions,
    ...stateOptions,
  ],
  examples: ['explain dump.yaml', 'explain dump.yaml --now now --controller v1.9'],
  exitCodes: [
    [exitCodes.done, 'explained'],
    [exitCodes.badManifests, 'the files have errors'],
    [exitCodes.usage, 'the command line is off'],
  ],
  initial: () => ({ files: [], output: 'text', untilSeconds: 3600 }),
  check: ({ files }) => (files.length === 0 ? fileAsked : undefined),
  run: (given) => {
    const observed = observeFiles(given)
    if (typeof observed === 'number') return observed
    const { untilSeconds, readyAfterSeconds } = given
    const pods = readyAfterSeconds === undefined ? {} : { pods: { readyAfterSeconds } }
    const explanation = explain(observed.observation, { untilSeconds, ...pods })
    if (given.output === 'json') printData(JSON.stringify(dataOf(explanation), null, 2))
    else printText(wrapped(explanationText(explanation)))
    return exitCodes.done
  },
})

/** The lines of the text, each wrapped with an indent. */
function wrapped(text: string): string {
  const lines = text.split('\n').flatMap((line) => {
    const safe = readableLine(line)
    const lead = /^ *(?:- |\d+\. |! )?/.exec(safe)?.[0] ?? ''
    const width = Math.max(20, terminalWidth() - lead.length)
    return wrap(safe.slice(lead.length), width).map((part, at) => (at === 0 ? lead : ' '.repeat(lead.length)) + part)
  })
  return lines.map((line) => line.trimEnd()).join('\n')
}

/** The simulated cluster is left out, because it is not needed here. */
function dataOf({ ifNobodyActs, ...explanation }: Explanation): unknown {
  const { timeline, ...next } = ifNobodyActs
  return { ...explanation, ifNobodyActs: { ...next, frames: timeline.frames } }
}
