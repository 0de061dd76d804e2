import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { endQuietlyIfUnwritable } from '../../src/cli/output'
import { runCommandLine } from '../../src/cli/runCommandLine'
import { filesOf, firstInvocations, plainTexts } from './everyCommand'

// Runs every command in this process, one after the other, as src/cli/main.ts runs one. What each ends with goes to a file: standard
// output and standard error are closed, or full. tsx spec/cli/everyOutput.ts REPORT

const [, , report = ''] = process.argv
const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-'))
const files = new Map(Object.keys(filesOf(plainTexts)).map((name) => [name, join(folder, name)]))
for (const [name, text] of Object.entries(filesOf(plainTexts))) writeFileSync(join(folder, name), text)

endQuietlyIfUnwritable()
const codes: Record<string, unknown> = {}
for (const { command, words } of firstInvocations(plainTexts)) {
  process.exitCode = undefined
  process.exitCode = await runCommandLine([...command.split(' '), ...words.map((word) => files.get(word) ?? word)])
  // What could not be written is told in a later turn.
  await new Promise((resolve) => setTimeout(resolve, 5))
  codes[command] = process.exitCode
}
writeFileSync(report, JSON.stringify(codes))
process.exitCode = 0
