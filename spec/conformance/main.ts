import { existsSync } from 'node:fs'
import { describeFailure } from './describeFailure'
import { judgeOf, judgeSafely, unitsOf } from './judge'
import { readFolder, vectorsFolder } from './vectors'

// npm run conformance -- [DIR] [--family F] [--tag T] [--case ID] [--verbose]

interface Arguments {
  folder: string
  family?: string
  tag?: string
  case?: string
  verbose: boolean
}

function readArguments(words: readonly string[]): Arguments {
  const read: Arguments = { folder: vectorsFolder, verbose: false }
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === '--verbose') read.verbose = true
    else if (word === '--family' || word === '--tag' || word === '--case') {
      const value = words[++i]
      if (value === undefined) fail(`${word} needs a value`)
      read[word.slice(2) as 'family' | 'tag' | 'case'] = value
    } else if (word.startsWith('--')) fail(`unknown option ${word}`)
    else read.folder = word
  }
  if (!existsSync(read.folder)) fail(`no such folder: ${read.folder}`)
  return read
}

function fail(message: string): never {
  console.error(`conformance: ${message}`)
  console.error('usage: npm run conformance -- [DIR] [--family F] [--tag T] [--case ID] [--verbose]')
  process.exit(2)
}

function readAll({ folder, family }: Arguments): ReturnType<typeof readFolder> {
  try {
    return readFolder(folder, family)
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error))
  }
}

async function main(): Promise<void> {
  const given = readArguments(process.argv.slice(2))
  const families = readAll(given)
  if (given.family && !families.has(given.family)) fail(`no vectors of family ${given.family}`)
  let passed = 0
  let failed = 0
  for (const [family, all] of families) {
    const cases = all.filter(
      (one) => (!given.tag || one.tags.includes(given.tag)) && (!given.case || one.id === given.case),
    )
    if (cases.length === 0) continue
    const total = cases.reduce((sum, one) => sum + unitsOf(one), 0)
    const judge = await judgeOf(family)
    if (!judge) {
      console.log(`${family} not built (${total} units)`)
      if (given.family) failed += total
      continue
    }
    let familyPassed = 0
    let judged = 0
    for (const one of cases) {
      const units = judgeSafely(judge, one)
      judged += units.length
      const failures = units.filter((unit) => unit.differences.length > 0)
      familyPassed += units.length - failures.length
      for (const unit of given.verbose ? failures : failures.slice(0, 1))
        for (const line of describeFailure(given.folder, one, unit, given)) console.log(`  ${line}`)
    }
    passed += familyPassed
    failed += total - familyPassed
    console.log(
      `${family} ${familyPassed}/${total}${judged === total ? '' : ` (judged ${judged} of ${total}: the missing count as failed)`}`,
    )
  }
  if (passed + failed === 0) fail('nothing was selected')
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed > 0 ? 1 : 0)
}

await main()
