import { basename } from 'node:path'
import { type ShadowReport, type Snapshot, shadow } from '../../explain/shadow/shadow'
import { type LoggedReconcile, shadowLog } from '../../explain/shadow/shadowLog'
import type { ControllerVersion } from '../../model/controllerVersion'
import type { KubeObject } from '../../model/meta'
import { formatTime, parseTime } from '../../model/time'
import { assumeMissing } from '../../simulate/assume/assume'
import { newestTime } from '../../simulate/dump/dumpTime'
import { startObjects } from '../../simulate/startObjects'
import { output } from '../commandLine/command'
import { controllerOption, fileOperands, rolloutOption } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { exitCodes } from '../exitCodes'
import { hasErrors, printIssues, readText } from '../files'
import { isHostLog, readHostLog } from '../hostLog'
import { readManifests } from '../manifestFiles'
import { printJson, printNote, printText } from '../output'
import { readableLine, readableTexts } from '../readable'
import { shadowText } from '../shadowText'

interface ReplayArguments {
  files: readonly string[]
  rollout?: string
  controller?: ControllerVersion
  format: 'text' | 'json'
}

/** `rollout-engine replay`: a live Rollout in shadow mode. */
export const replayCommand = defineCommand<ReplayArguments>({
  name: 'replay',
  summary: 'what a live controller did, against what the engine would have done',
  title: 'would the engine have decided the same?',
  about: [
    'Each FILE is what kubectl get rollouts,replicasets,services,analysisruns,experiments -o json printed at some moment, the oldest first; a folder stands for its files by name. For each of them the engine decides what the live controller had to decide since the one before, with the same specs, pods and measurements.',
    'A FILE that ends in .jsonl or .log is the log of a host of your own: a record of onReconcile a line, as JSON. Each of its reconciles is decided again from the same observation.',
    'A time in the name of a file (2030-01-31T12-00-05Z.json) says when it was read; else the newest time in it counts.',
  ],
  operands: fileOperands(),
  options: [
    rolloutOption((given, name) => {
      given.rollout = name
    }),
    controllerOption((given, version) => {
      given.controller = version
    }),
    output(['text', 'json'], 'Default text.', (given, format) => {
      given.format = format
    }),
  ],
  notes: [
    'same: the same decisions. commanded: the same, if somebody ran the command that is named. behind: the live controller had not done all of it yet. differs: it did something else.',
  ],
  examples: ['replay dumps/', 'replay host.jsonl', 'replay 1.json 2.json 3.json --controller v1.8'],
  exitCodes: [
    [exitCodes.done, 'the live controller decided nothing else'],
    [exitCodes.badManifests, 'the files have errors, or hold no Rollout'],
    [exitCodes.usage, 'the command line is wrong'],
    [exitCodes.goesOtherwise, 'some observation differs'],
  ],
  initial: () => ({ files: [], format: 'text' }),
  check: ({ files }) => (files.length === 0 ? 'name a folder with dumps, or the dumps in their order' : undefined),
  run: runReplay,
})

interface Observed extends Snapshot {
  readonly file: string
  readonly key: string
}

function runReplay({ files, rollout, controller, format }: ReplayArguments): number {
  if (files.every(isHostLog)) return replayLogs(files, { rollout, controller, format })
  const read = readManifests(files)
  if (!read) return exitCodes.badManifests
  printIssues(read.issues, (file) => read.texts.get(file))
  if (hasErrors(read.issues)) return exitCodes.badManifests
  const seen = observedIn(read, rollout)
  const [first] = seen
  if (!first || seen.length < 2) {
    printNote(
      'rollout-engine: replay compares at least two dumps that hold one Rollout: name it with --rollout if there are several',
    )
    return exitCodes.badManifests
  }
  const report = shadow(seen, first.key, { ...(controller && { controller }) })
  return told(
    report,
    seen.slice(1).map(({ file }) => file),
    format,
  )
}

/** What hosts of your own logged: each reconcile is decided again. */
function replayLogs(files: readonly string[], { rollout, controller, format }: Omit<ReplayArguments, 'files'>): number {
  const places: string[] = []
  const records: LoggedReconcile[] = []
  for (const file of files) {
    const text = readText(file)
    if (text === undefined) return exitCodes.badManifests
    const { lines, issues } = readHostLog(text)
    printIssues(
      issues.map((issue) => ({ ...issue, file })),
      () => text,
    )
    if (hasErrors(issues)) return exitCodes.badManifests
    for (const { line, record } of lines) {
      if (rollout !== undefined && record.ref?.name !== rollout) continue
      places.push(`${file}:${line}`)
      records.push(record)
    }
  }
  const judged = records.map((record) => shadowLog([record], { ...(controller && { controller }) }).steps)
  const named = places.filter((_, index) => judged[index]?.length === 1)
  const steps = judged.flat()
  const counts = { same: 0, commanded: 0, behind: 0, differs: 0 }
  for (const { verdict } of steps) counts[verdict]++
  return told({ steps, counts }, named, format)
}

function told(report: ShadowReport, places: readonly string[], format: ReplayArguments['format']): number {
  if (format === 'json') printJson(withFiles(report, places))
  else printText(shadowText(readableTexts(report), places.map(readableLine)))
  return report.counts.differs > 0 ? exitCodes.goesOtherwise : exitCodes.done
}

const withFiles = ({ steps, counts }: ShadowReport, places: readonly string[]) => ({
  steps: steps.map((step, index) => ({ file: places[index], ...step })),
  counts,
})

/** Each file is a moment; what the Rollout names and the file lacks is assumed to be there. */
function observedIn(
  { objects, files }: { readonly objects: readonly unknown[]; readonly files: readonly string[] },
  rollout: string | undefined,
): readonly Observed[] {
  const byFile = new Map<string, KubeObject[]>()
  objects.forEach((object, index) => {
    const file = files[index] ?? ''
    byFile.set(file, [...(byFile.get(file) ?? []), object as KubeObject])
  })
  let last = Number.NEGATIVE_INFINITY
  return [...byFile].flatMap(([file, manifests]) => {
    last = Math.max(last, parseTime(timeOf(file) ?? newestTime(manifests) ?? '') ?? 0)
    const now = formatTime(last)
    const { key, objects: given } = startObjects(manifests, rollout, now)
    if (key === undefined || given[key]?.kind !== 'Rollout') return []
    return [{ file, key, now, objects: assumeMissing(given, key, now).objects }]
  })
}

const timeInName = /(\d{4}-\d\d-\d\d)T(\d\d)[-:.]?(\d\d)[-:.]?(\d\d)Z/

function timeOf(file: string): string | undefined {
  const [, day, hours, minutes, seconds] = timeInName.exec(basename(file)) ?? []
  return day === undefined ? undefined : `${day}T${hours}:${minutes}:${seconds}Z`
}
