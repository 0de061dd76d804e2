import { type AvailableCommand, availableCommands } from '../../explain/availableCommands'
import { type Explanation, explain } from '../../explain/explain'
import { explanationText } from '../../explain/explainText'
import { flag, output } from '../commandLine/command'
import { fileOperands } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { wrap } from '../commandLine/wrap'
import { exitCodes } from '../exitCodes'
import { printIssues } from '../files'
import { observeFiles } from '../observed'
import { printJson, printText, terminalWidth } from '../output'
import { issuesAboutRollout } from '../placedIssues'
import { readableLine, readableTexts } from '../readable'
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
  /** Every command, with what comes of it. */
  commands: boolean
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
    output(['text', 'json'], 'Default text; json prints the same as data.', (given, output) => {
      given.output = output
    }),
    flag('commands', 'Every command instead: possible, pointless or refused, why, and what comes of it.', (given) => {
      given.commands = true
    }),
    ...outlookOptions,
    ...stateOptions,
  ],
  examples: ['explain dump.yaml', 'explain dump.yaml --commands', 'explain dump.yaml --now now --controller v1.9'],
  exitCodes: [
    [exitCodes.done, 'explained'],
    [exitCodes.badManifests, 'the files have errors'],
    [exitCodes.usage, 'the command line is wrong'],
  ],
  initial: () => ({ files: [], output: 'text', commands: false, untilSeconds: 3600 }),
  check: ({ files }) => (files.length === 0 ? fileAsked : undefined),
  run: (given) => {
    const observed = observeFiles(given)
    if (typeof observed === 'number') return observed
    const { untilSeconds, readyAfterSeconds } = given
    const pods = readyAfterSeconds === undefined ? {} : { pods: { readyAfterSeconds } }
    if (given.commands) {
      printCommands(availableCommands(observed.observation, { untilSeconds, ...pods }), given.output)
      return exitCodes.done
    }
    const explanation = explain(observed.observation, { untilSeconds, ...pods })
    const { issues } = explanation.ifNobodyActs.timeline
    const refused = issues.filter(({ code }) => code === 'invalid-spec')
    const { read, observation } = observed
    printIssues(issuesAboutRollout(refused, read, observation.rollout.metadata.name), (file) => read.texts.get(file))
    if (given.output === 'json') printJson(dataOf(explanation))
    else printText(wrapped(explanationText(readableExplanation(explanation))))
    return exitCodes.done
  },
})

function printCommands(commands: readonly AvailableCommand[], output: ExplainDraft['output']): void {
  // The simulated clusters are left out here too.
  const told = commands.map(({ preview, ...one }) => ({ ...one, ...(preview && { comesOfIt: preview.sentence }) }))
  if (output === 'json') printJson({ commands: told })
  else printText(wrapped(readableTexts(told).flatMap(commandLines).join('\n')))
}

const commandLines = (one: Omit<AvailableCommand, 'preview'> & { readonly comesOfIt?: string }): readonly string[] => [
  `${one.command} is ${one.verdict}: ${one.why}`,
  ...one.breaks.map((text) => `    ! ${text}`),
  ...(one.comesOfIt === undefined ? [] : [`    - ${one.comesOfIt}`]),
]

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

/** The simulated cluster stays as it is: it is large, and not printed. */
function readableExplanation({ ifNobodyActs, ...explanation }: Explanation): Explanation {
  const { timeline, ...next } = ifNobodyActs
  return { ...readableTexts(explanation), ifNobodyActs: { ...readableTexts(next), timeline } }
}

/** The simulated cluster is left out, because it is not needed here. */
function dataOf({ ifNobodyActs, ...explanation }: Explanation): unknown {
  const { timeline, ...next } = ifNobodyActs
  return { ...explanation, ifNobodyActs: { ...next, frames: timeline.frames } }
}
