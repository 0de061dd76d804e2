#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { parseManifests } from '../input/index'
import type { Issue } from '../model/issue'
import type { KubeObject } from '../model/meta'
import { simulate } from '../simulate/simulate'
import { startObjects } from '../simulate/startObjects'
import { parseArguments, type SimulateArguments } from './arguments'
import { exitCodes, usage } from './exitCodes'
import { printTable } from './table'

function main(words: readonly string[]): number {
  const parsed = parseArguments(words)
  if ('help' in parsed) {
    process.stdout.write(usage)
    return exitCodes.simulated
  }
  if ('problem' in parsed) {
    process.stderr.write(`rollout-engine: ${parsed.problem}\n\n${usage}`)
    return exitCodes.usage
  }
  return runSimulation(parsed.simulate)
}

function runSimulation(given: SimulateArguments): number {
  const manifests: KubeObject[] = []
  const issues: Issue[] = []
  for (const file of given.files) {
    const text = readText(file)
    if (text === undefined) return exitCodes.badManifests
    const read = parseManifests(text)
    manifests.push(...(read.objects as readonly KubeObject[]))
    issues.push(...read.issues.map((issue) => ({ ...issue, file })))
  }
  for (const issue of issues) process.stderr.write(`${describe(issue)}\n`)
  if (issues.some(({ severity }) => severity !== 'warning')) return exitCodes.badManifests
  const start = startObjects(manifests, given.rollout, '2030-01-01T00:00:00Z')
  for (const issue of start.issues) process.stderr.write(`${describe(issue)}\n`)
  if (start.key === undefined) return exitCodes.badManifests
  if (given.untilSeconds > longSeconds) process.stderr.write(`simulating ${given.untilSeconds} s …\n`)
  print(manifests, given, start.key)
  return exitCodes.simulated
}

const longSeconds = 86_400

function print(manifests: readonly KubeObject[], given: SimulateArguments, key: string): void {
  const timeline = simulate({
    manifests,
    name: given.rollout,
    events: given.events,
    untilSeconds: given.untilSeconds,
    pods: { readyAfterSeconds: given.readyAfterSeconds, neverReadyImages: given.neverReadyImages },
    router: { lagSeconds: given.routerLagSeconds, verifies: given.routerVerifies },
    options: { hashVariant: given.hashVariant },
  })
  const { frames, events, issues } = timeline
  const text =
    given.format === 'json' ? JSON.stringify({ frames, events, issues }, null, 2) : printTable(timeline, key, given)
  process.stdout.write(`${text}\n`)
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    process.stderr.write(
      `rollout-engine: cannot read ${file}: ${error instanceof Error ? error.message : String(error)}\n`,
    )
    return undefined
  }
}

/** `rollout.yaml:12: spec.replicas: expected an integer …` */
function describe({ file, line, path, message, severity }: Issue): string {
  const place = [file, line].filter((part) => part !== undefined).join(':')
  return `${[place, path, severity === 'warning' ? `warning: ${message}` : message].filter((part) => part !== '').join(': ')}`
}

process.exitCode = main(process.argv.slice(2))
