import { fork } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ControllerVersion } from '../../src/model/controllerVersion'
import type { Found, Start } from './found'
import { foundText, page, regression, sureOnes } from './page'
import { searchOnce } from './searchOnce'

// npm run rediscover: from cold starts, made-up Rollouts in made-up worlds find public reports of outages again.
//   --seconds 60    processor time of each search, one core each
//   --starts v1.7:1,v1.9:1   the searches: controller and seed
//   --jobs 2        searches at a time
//   --save          rewrites docs/internals/rediscovered.md and the files of spec/regressions/rediscovered

const argument = (name: string, byDefault: string): string => {
  const index = process.argv.indexOf(`--${name}`)
  return index < 0 ? byDefault : (process.argv[index + 1] ?? byDefault)
}

const defaultStarts = 'v1.7:1,v1.7:20000,v1.7:40000,v1.9:1,v1.9:20000,v1.9:40000'
const seconds = Number(argument('seconds', '60'))
const startsOf = (text: string): readonly Start[] =>
  text.split(',').map((one) => {
    const [controller, seed] = one.split(':')
    return { controller: controller as ControllerVersion, seed: Number(seed) }
  })

/** A search in a process of its own, which is a cold start. */
const inProcess = ({ controller, seed }: Start): Promise<readonly Found[]> =>
  new Promise((resolve) => {
    const found: Found[] = []
    const words = ['--one', `${controller}:${seed}`, '--seconds', String(seconds)]
    const child = fork(fileURLToPath(import.meta.url), words, { execArgv: process.execArgv, serialization: 'advanced' })
    child.on('message', (one) => {
      found.push(one as Found)
      console.log(foundText(one as Found))
    })
    child.on('exit', () => resolve(found))
  })

async function searchAll(starts: readonly Start[], jobs: number): Promise<readonly Found[]> {
  const [waiting, all] = [[...starts], [] as Found[]]
  const work = async (): Promise<void> => {
    for (let start = waiting.shift(); start; start = waiting.shift()) all.push(...(await inProcess(start)))
  }
  await Promise.all(Array.from({ length: jobs }, work))
  return all
}

/** The one of each kind that was found in the shortest time. */
function firstOfEach(all: readonly Found[], kindOf: (found: Found) => string | number | undefined): readonly Found[] {
  const first = new Map<string | number, Found>()
  for (const found of [...all].sort((left, right) => left.seconds - right.seconds)) {
    const kind = kindOf(found)
    if (kind !== undefined && !first.has(kind)) first.set(kind, found)
  }
  return [...first.values()]
}

const isNotANumber = (item: unknown): boolean =>
  Number.isNaN(typeof item === 'object' && item !== null && 'value' in item ? item.value : item)

async function main(): Promise<void> {
  const starts = startsOf(argument('starts', defaultStarts))
  const all = await searchAll(starts, Number(argument('jobs', '2')))
  const rows = [...firstOfEach(all, ({ row }) => row)].sort((left, right) => (left.row ?? 0) - (right.row ?? 0))
  const findings = firstOfEach(all, ({ row, invariant }) => (row === undefined ? invariant : undefined))
  if (process.argv.includes('--save')) {
    const folder = 'spec/regressions/rediscovered'
    mkdirSync(folder, { recursive: true })
    // Not a number has no form in a file.
    const saved = rows.filter(({ scenario }) => !Object.values(scenario.series).flat().some(isNotANumber))
    for (const one of saved) writeFileSync(join(folder, `row-${one.row}.yaml`), regression(one))
    writeFileSync('docs/internals/rediscovered.md', page(rows, findings, { seconds, starts }))
  }
  console.log(`rediscovered ${sureOnes(rows).length}`)
}

const [one] = startsOf(argument('one', ':'))
if (process.argv.includes('--one') && one) searchOnce(one, seconds, (found) => process.send?.(found))
else await main()
