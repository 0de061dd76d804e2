import { type CommandPlan, type CommandRequest, type CommandResult, isRefused } from '../commands/index'
import type { AvailableCommand } from '../explain/availableCommands'
import { type Outlook, outlook } from '../explain/outlook'
import type { WorldEvent } from '../simulate/worldEvent'
import { wrap } from './commandLine/wrap'
import { exitCodes } from './exitCodes'
import { kubectlLine } from './kubectlLine'
import type { observeFiles } from './observed'
import { printData, printJson, printNote, printText, terminalWidth } from './output'
import { readableLine } from './readable'
import { printTable } from './table'

export type CommandOutput = 'text' | 'json' | 'kubectl'

/** A command on a state, with its known effects. */
export interface CommandAnswer {
  readonly result: CommandResult
  /** Its effect, or why it has none; what it breaks. */
  readonly known: Pick<AvailableCommand, 'verdict' | 'why' | 'breaks'> | undefined
  readonly preview?: Outlook
}

type Observed = Exclude<ReturnType<typeof observeFiles>, number>

/** Prints what a command asks of the API server, and what it breaks, before anything is done. */
export function printAnswer({ result, known, preview }: CommandAnswer, output: CommandOutput, state: Observed): number {
  if (isRefused(result)) {
    printNote(`rollout-engine: refused: ${readableLine(result.refused)}`)
    return exitCodes.refused
  }
  const { requests } = result
  for (const text of warningsOf(known, requests)) printNote(`warning: ${readableLine(text)}`)
  const why = known?.verdict === 'possible' ? [known.why] : []
  if (output === 'json') printJson({ ...known, ...result, ...(preview && { preview: shown(preview) }) })
  else printRequests(result, output, why)
  if (preview && output === 'text') printText(`\n${previewText(preview, state)}`)
  return exitCodes.done
}

function warningsOf(known: CommandAnswer['known'], requests: readonly CommandRequest[]): readonly string[] {
  if (!known) return []
  const idle = known.verdict === 'pointless' ? [`nothing comes of it: ${known.why}`] : []
  return [
    ...idle,
    ...known.breaks,
    ...(requests.length === 0 && idle.length === 0 ? ['nothing is asked of the API server'] : []),
  ]
}

/** The requests of a plan, one line each; as text with sentences above. */
export function printRequests(
  { requests, ...plan }: CommandPlan,
  output: CommandOutput,
  why: readonly string[] = [],
): void {
  if (output === 'json') printJson({ requests, ...plan })
  else if (output === 'kubectl') for (const request of requests) printData(kubectlLine(request))
  else for (const line of [...why, ...requests.map(requestText)]) printText(readableLine(line))
}

/** `patch rollouts shop/web status: {"status":{"abort":true}}`. */
function requestText(request: CommandRequest): string {
  const { resource, namespace, name } = request.target
  const status = request.verb === 'patch' && request.subresource ? ` ${request.subresource}` : ''
  const body = request.verb === 'create' ? request.object : request.patch
  return `${request.verb} ${resource} ${namespace}/${name}${status}: ${JSON.stringify(body)}`
}

/** Without the objects of the timeline, which are not needed here. */
const shown = ({ sentence, outcome, untilSeconds, assumes, timeline }: Outlook): unknown => ({
  sentence,
  outcome,
  untilSeconds,
  assumes,
  frames: timeline.frames,
})

export function previewText(
  { sentence, assumes, timeline, untilSeconds }: Outlook,
  { objects, key }: Observed,
): string {
  const table = printTable(timeline, { key, rollout: objects[key] }, { untilSeconds, showEvents: false })
  return [...wrap(`preview: ${sentence}`, terminalWidth()), ...assumes.map((text) => `  (if ${text})`), '', table].join(
    '\n',
  )
}

export const previewOf = (
  { observation }: Observed,
  events: readonly WorldEvent[],
  given: { readonly untilSeconds: number; readonly readyAfterSeconds?: number },
): Outlook =>
  outlook(observation, events, {
    untilSeconds: given.untilSeconds,
    ...(given.readyAfterSeconds !== undefined && { pods: { readyAfterSeconds: given.readyAfterSeconds } }),
  })
