import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { desk } from './captured'

const { put, run } = desk()
const paused = readFileSync(new URL('../../examples/11-commands/paused.yaml', import.meta.url), 'utf8')

test('explain --commands gives every command with its verdict, and what comes of those that are possible', () => {
  const { code, out } = run('explain', put('paused.yaml', paused), '--commands', '--output', 'json')
  expect(code).toBe(0)
  const { commands } = JSON.parse(out) as {
    readonly commands: readonly { readonly command: string; readonly verdict: string; readonly comesOfIt?: string }[]
  }
  const verdicts = Object.fromEntries(commands.map(({ command, verdict }) => [command, verdict]))
  expect(verdicts).toMatchObject({ promote: 'possible', retry: 'pointless', resume: 'pointless', abort: 'possible' })
  for (const { verdict, comesOfIt } of commands) expect(comesOfIt !== undefined).toBe(verdict === 'possible')
})
