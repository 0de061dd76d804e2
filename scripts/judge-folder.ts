import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { objectsOfKind, parseManifests } from '../src/input/index'
import type { KubeObject } from '../src/model/meta'
import { simulate } from '../src/simulate/index'

// Judges manifests that others wrote against the verdicts of another tool, such as the lint of Argo Rollouts' own command line:
//   npx tsx scripts/judge-folder.ts FOLDER VERDICTS.tsv
// A line of the table: path below the folder, tab, `ok` or `refused`, and perhaps a tab and the tool's message. Lines with # are comments.
// Every Rollout gets an update and an hour; printed are the files on which the two differ, alarms, slow ones, and the sums.

const slowMilliseconds = 2000
const hourSeconds = 3600

interface Judged {
  readonly refusedBy?: string
  readonly alarms: readonly string[]
  readonly slow: readonly string[]
  readonly rollouts: number
}

function judge(text: string): Judged {
  const { objects, issues } = parseManifests(text)
  const error = issues.find(({ severity }) => severity !== 'warning')
  const outcomes = objectsOfKind(objects, 'Rollout').map(({ metadata }) =>
    outcomeOf(objects as KubeObject[], metadata.name),
  )
  const refusedBy = error ? `${error.path}: ${error.message}` : outcomes.find((one) => one.refusedBy)?.refusedBy
  return {
    ...(refusedBy === undefined ? {} : { refusedBy }),
    alarms: outcomes.flatMap(({ alarms }) => alarms),
    slow: outcomes.flatMap(({ slow }) => slow),
    rollouts: outcomes.length,
  }
}

function outcomeOf(manifests: readonly KubeObject[], name: string): Omit<Judged, 'rollouts'> {
  const began = performance.now()
  const events = [{ atSeconds: 60, image: 'example/update:2' }]
  const { frames, issues } = simulate({ manifests, name, events, untilSeconds: hourSeconds })
  const milliseconds = performance.now() - began
  const slow = milliseconds > slowMilliseconds ? [`${name}: ${Math.round(milliseconds)} ms`] : []
  const { phase = '', message = '' } = frames.at(-1) ?? {}
  // Without a phase the controller could not even note down what is wrong.
  if (phase === '' || message.startsWith('InvalidSpec'))
    return { refusedBy: message || 'no status at all', alarms: [], slow }
  const ended = phase === 'Degraded' ? [`${name}: ${message}`] : []
  const told = issues
    .filter(({ code }) => code !== 'assumed')
    .map((issue) => `${name}: ${issue.path}: ${issue.message}`)
  return { alarms: [...ended, ...told], slow }
}

function rowsOf(
  table: string,
): readonly { readonly path: string; readonly isRefused: boolean; readonly says: string }[] {
  return readFileSync(table, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [path = '', verdict = '', says = ''] = line.split('\t')
      return { path, isRefused: verdict === 'refused', says }
    })
}

function main(folder: string, table: string): void {
  const sums = { files: 0, rollouts: 0, agree: 0, refusedByBoth: 0, acceptedByBoth: 0, alarms: 0, slow: 0 }
  for (const { path, isRefused, says } of rowsOf(table)) {
    const { refusedBy, alarms, slow, rollouts } = judge(readFileSync(join(folder, path), 'utf8'))
    const isSame = (refusedBy !== undefined) === isRefused
    sums.files++
    sums.rollouts += rollouts
    sums.agree += Number(isSame)
    sums.refusedByBoth += Number(isSame && isRefused)
    sums.acceptedByBoth += Number(isSame && !isRefused)
    sums.alarms += alarms.length
    sums.slow += slow.length
    if (!isSame)
      console.log(isRefused ? `only they refuse ${path}\n    ${says}` : `only we refuse ${path}\n    ${refusedBy}`)
    for (const alarm of alarms) console.log(`alarm ${path}\n    ${alarm}`)
    for (const one of slow) console.log(`slow ${path}\n    ${one}`)
  }
  console.log(JSON.stringify(sums))
}

const [folder, table] = process.argv.slice(2)
if (folder === undefined || table === undefined)
  console.error('usage: npx tsx scripts/judge-folder.ts FOLDER VERDICTS.tsv')
else main(folder, table)
