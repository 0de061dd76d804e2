import { knownInvariants } from '../../check/catalog'
import { type CheckReport, failureText } from '../../check/check'
import { coverageText, junitText } from '../../check/checkText'
import type { Invariant } from '../../check/invariant'
import type { Scenario } from '../../check/scenario'
import type { ControllerVersion } from '../../model/controllerVersion'
import type { KubeObject } from '../../model/meta'
import { checkBothText, sentenceChanges } from '../checkBoth'
import { runEveryWay } from '../everyWay'
import { exitCodes } from '../exitCodes'
import { hasErrors, printIssues, reasonOf } from '../files'
import { type Manifests, readManifests } from '../manifestFiles'
import { printJson, printNote, printText } from '../output'
import { issuesAboutRollout } from '../placedIssues'
import { readableLine } from '../readable'
import { saveCounterexamples } from '../saveCounterexamples'
import { progressOf } from '../sweep/progress'
import type { CheckArguments } from './checkArguments'
import { checkMarkdown } from './checkMarkdown'
import { type CheckWork, partsLeft, tryHere, tryInWorkers } from './checkParts'
import { keyOfCheck, readParts, writeParts } from './checkState'
import { commandAgain } from './commandAgain'
import { readCorpus, writeCorpus } from './corpusFile'
import { runReplay } from './runReplay'

/** Manifests that can be tried, and the sentences to judge. */
interface Subject {
  readonly read: Manifests
  readonly manifests: readonly KubeObject[]
  readonly invariants: readonly Invariant[]
  /** Runs of an earlier check. */
  readonly corpus: readonly Scenario[]
}

/** `check`: one of its three ways. */
export function runCheck(given: CheckArguments): number | Promise<number> {
  const invariants = knownInvariants.filter(({ id }) => !given.except.includes(id))
  if (given.replay !== undefined) return runReplay(given, given.replay, invariants)
  const read = readManifests(given.files)
  if (!read) return exitCodes.badManifests
  printIssues(read.issues, (file) => read.texts.get(file))
  if (hasErrors(read.issues)) return exitCodes.badManifests
  const manifests = read.objects as readonly KubeObject[]
  if (given.exhaustive) return runEveryWay(given, read, invariants)
  const [controller, other] = given.controllers
  const kept = given.corpus === undefined ? { corpus: [] } : readCorpus(given.corpus)
  if ('problem' in kept) {
    printNote(`rollout-engine: cannot read ${readableLine(given.corpus ?? '')}: ${readableLine(kept.problem)}`)
    return exitCodes.usage
  }
  const subject = { read, manifests, invariants, corpus: kept.corpus }
  return after(tried(given, subject, controller), (report) =>
    other === undefined || controller === undefined || typeof report === 'number' || report.issues.length > 0
      ? ended(given, subject, report)
      : after(tried(given, subject, other), (second) =>
          endedBoth([controller, other], given, subject, [report, second]),
        ),
  )
}

/** Goes on at once, or after a promise: a check in this thread needs none. */
const after = <T, R>(value: T | Promise<T>, next: (value: T) => R | Promise<R>): R | Promise<R> =>
  value instanceof Promise ? value.then(next) : next(value)

/** The report of all runs under a controller, or the exit code where there is none. */
function tried(
  given: CheckArguments,
  { manifests, corpus }: Subject,
  controller: ControllerVersion | undefined,
): CheckReport | number | Promise<CheckReport | number> {
  const { resume, seed, runs, except, rollout: name, workers } = given
  const checked = { manifests, name, controller, except }
  const key = keyOfCheck(checked, seed)
  const read = resume === undefined ? { parts: [] } : readParts(resume, key)
  if ('problem' in read) {
    printNote(`rollout-engine: cannot go on from ${readableLine(resume ?? '')}: ${readableLine(read.problem)}`)
    return exitCodes.usage
  }
  let problem: string | undefined
  const whole = { seed, runs, corpus }
  const left = partsLeft({ whole, before: read.parts })
  const progress = progressOf(runs, given.isQuiet || left < 2)
  const work: CheckWork = {
    checked,
    whole,
    before: read.parts,
    noted: (parts) => {
      if (resume !== undefined) problem = writeParts(resume, key, parts)
      progress.done(parts.reduce((sum, part) => sum + part.runs, 0))
      return problem === undefined
    },
  }
  const end = (report: CheckReport): CheckReport | number => {
    progress.end()
    if (problem === undefined) return report
    printNote(`rollout-engine: cannot write ${readableLine(resume ?? '')}: ${readableLine(problem)}`)
    return exitCodes.notWritten
  }
  if (Math.min(workers, left) < 2) return end(tryHere(work))
  return tryInWorkers(work, workers).then(end, (error: unknown) => {
    progress.end()
    printNote(`rollout-engine: a worker died: ${readableLine(reasonOf(error))}`)
    return exitCodes.notWritten
  })
}

function isUnfit({ issues }: CheckReport): boolean {
  return issues.length > 0
}

function tellUnfit({ issues }: CheckReport, { rollout }: CheckArguments, { read }: Subject): number {
  printIssues(issuesAboutRollout(issues, read, rollout), (file) => read.texts.get(file))
  return exitCodes.badManifests
}

function ended(given: CheckArguments, subject: Subject, report: CheckReport | number): number {
  const { manifests, invariants } = subject
  if (typeof report === 'number') return report
  if (isUnfit(report)) return tellUnfit(report, given, subject)
  const { save, corpus, files, rollout, controllers } = given
  const found = { files, manifests, controller: controllers[0], rollout }
  if (save !== undefined && !saveCounterexamples(save, report.counterexamples, found)) return exitCodes.notWritten
  const unwritten = corpus === undefined ? undefined : writeCorpus(corpus, report.corpus)
  if (unwritten !== undefined) {
    printNote(`rollout-engine: cannot write ${readableLine(corpus ?? '')}: ${readableLine(unwritten)}`)
    return exitCodes.notWritten
  }
  printReport(report, given, invariants)
  return report.passed ? exitCodes.done : exitCodes.broken
}

function endedBoth(
  [controller, other]: readonly [ControllerVersion, ControllerVersion],
  given: CheckArguments,
  subject: Subject,
  [report, second]: readonly [CheckReport, CheckReport | number],
): number {
  const { format } = given
  const { invariants } = subject
  if (typeof second === 'number') return second
  if (isUnfit(second)) return tellUnfit(second, given, subject)
  const checked = [
    { controller, report },
    { controller: other, report: second },
  ] as const
  const told = checked.map((one) => ({ ...one, report: plain(one.report) }))
  if (format === 'json') printJson({ changes: sentenceChanges(...checked), checked: told })
  else printText(checkBothText(checked, invariants))
  return report.passed && second.passed ? exitCodes.done : exitCodes.broken
}

/** The corpus is for the next check, not for readers. */
const plain = ({ corpus: _, ...report }: CheckReport): Omit<CheckReport, 'corpus'> => report

function printReport(report: CheckReport, given: CheckArguments, invariants: readonly Invariant[]): void {
  const again = commandAgain(given)
  if (given.format === 'json') printJson(plain(report))
  else if (given.format === 'junit') printText(junitText(report, invariants))
  else if (given.format === 'markdown') printText(checkMarkdown(report, invariants, again))
  else if (report.passed) printText(coverageText(report, invariants))
  else printText(`${failureText(report)}\n\n${coverageText(report, invariants)}\n\nthe same again: ${again}`)
}
