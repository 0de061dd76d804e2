import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { commands } from '../../src/cli/commands'
import { bundled } from '../bundled'
import { desk, type Said } from './captured'
import { filesOf, firstInvocations, type Invocation, invocationsOf, plainTexts, type Texts } from './everyCommand'

// Issue 12, items 6 and 8, for every command of the table: whoever adds one adds its words to everyCommand.ts.

const { put, run } = desk()

const commanding = /(?!\n)[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u
const hostile = '\x1b]0;owned\x07\x1b[2J\nFORGED 5/5\r\u009b31m\u202egnp.\u2066a'
const hostileTexts: Texts = { ...plainTexts, name: hostile, free: hostile }

/** Further lines of a message are indented, so that they are no lines of their own. */
const forged = /^ {0,3}FORGED/m

const wordsOf = (command: string): readonly string[] => command.split(' ')

/** In a folder of its own, whose name is as hostile as what is in the files. */
function said({ command, words }: Invocation, texts: Texts, folder: string): Said {
  const files = new Map(Object.entries(filesOf(texts)).map(([name, text]) => [name, put(`${folder}/${name}`, text)]))
  return run(...wordsOf(command), ...words.map((word) => files.get(word) ?? word))
}

const titled = (invocations: readonly Invocation[]) =>
  invocations.map(
    (one, at) => [`${one.command} ${one.words.filter((word) => word.startsWith('--')).join(' ')}`, at] as const,
  )

const codesOf = (command: string): readonly number[] =>
  commands.find(({ name }) => name === command)?.exitCodes.map(([code]) => code) ?? []

test('every command is called', () => {
  const called = invocationsOf(plainTexts).map(({ command }) => command)
  expect(commands.map(({ name }) => name).filter((name) => !called.includes(name))).toEqual([])
})

describe('says something, and ends with a code of its table', () => {
  const invocations = invocationsOf(plainTexts)
  test.each(titled(invocations))('%s', (_title, at) => {
    const { code, out, err } = said(invocations[at]!, plainTexts, 'in')
    expect(codesOf(invocations[at]!.command)).toContain(code)
    expect(out + err).not.toBe('')
  })
})

describe('control characters of manifests, words and file names command no terminal, and forge no line', () => {
  const invocations = invocationsOf(hostileTexts)
  test.each(titled(invocations))('%s', (_title, at) => {
    const { out, err } = said(invocations[at]!, hostileTexts, `in ${hostile}`)
    for (const text of [out, err]) {
      expect(text).not.toMatch(commanding)
      expect(text).not.toMatch(forged)
    }
    if (!invocations[at]!.isJson) return
    const texts = textsIn(JSON.parse(out))
    // A report of `check` without a counterexample names nothing, and one of `replay` without a difference either.
    if (!['check', 'replay'].includes(invocations[at]!.command))
      expect(texts.some((text) => text.includes(hostile))).toBe(true)
    expect(texts.filter((text) => text.includes('\\x1b'))).toEqual([])
  })

  test.each(commands.map(({ name }) => name))('%s: values of options', (name) => {
    const { options, operands } = commands.find((command) => command.name === name)!
    const file = operands.completion === 'files' ? [put(`in ${hostile}/none.yaml`, '')] : [hostile]
    for (const option of options) {
      const words = option.value === undefined ? [`--${option.name}`] : [`--${option.name}`, hostile]
      const { out, err } = run(...wordsOf(name), ...file, ...words)
      expect(out + err, option.name).not.toMatch(commanding)
      expect(out + err, option.name).not.toMatch(forged)
    }
  })
})

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => [key, ...textsIn(member)])
}

describe('bytes that are not UTF-8 are said', () => {
  const texts = { ...plainTexts, free: 'BYTES' }
  const invocations = firstInvocations(texts).filter(
    ({ command }) => commands.find(({ name }) => name === command)?.operands.completion === 'files',
  )
  test.each(titled(invocations))('%s', (_title, at) => {
    const { command, words } = invocations[at]!
    const files = new Map(
      Object.entries(filesOf(texts)).map(([name, text]) => {
        const [before = '', ...after] = text.split('BYTES')
        const bytes = Buffer.concat([Buffer.from(before), Buffer.from([0xff, 0xfe]), Buffer.from(after.join('BYTES'))])
        return [name, put(`in/${name}`, bytes)]
      }),
    )
    const { code, err } = run(...wordsOf(command), ...words.map((word) => files.get(word) ?? word))
    expect(codesOf(command)).toContain(code)
    for (const word of words.filter((one) => files.has(one)))
      expect(err).toMatch(new RegExp(`^in/${word}:\\d+: warning: bytes that are not UTF-8`, 'm'))
  })
})

describe('output that cannot be written ends no command with a stack trace', () => {
  const script = bundled({ everyOutput: 'spec/cli/everyOutput.ts' })('everyOutput')
  /** What every command ends with, and what it says on standard error. */
  const ends = (outputs: string): { readonly codes: Readonly<Record<string, number>>; readonly stderr: string } => {
    const report = put('codes.json', '')
    const { stderr } = spawnSync('bash', ['-c', `'${process.execPath}' '${script}' '${report}' ${outputs}`], {
      encoding: 'utf8',
    })
    expect(stderr).not.toMatch(/^\s+at |Error/m)
    return { codes: JSON.parse(readFileSync(report, 'utf8')), stderr }
  }
  const names = commands.map(({ name }) => name).sort()

  test('a closed pipe: the code is that of the command', { timeout: 300_000 }, () => {
    const { codes, stderr } = ends('| true')
    expect(Object.keys(codes).sort()).toEqual(names)
    for (const name of names) expect(codesOf(name), name).toContain(codes[name])
    expect(stderr).not.toContain('cannot write')
  })

  test.skipIf(!existsSync('/dev/full'))('a full disk: said, with an exit code', { timeout: 300_000 }, () => {
    const { codes, stderr } = ends('> /dev/full')
    // It says on standard error only that there is no such run.
    const { 'terminate analysisrun': _silent, ...others } = codes
    expect([...new Set(Object.values(others))]).toEqual([7])
    expect(stderr).toContain('cannot write the output: ENOSPC')
  })

  test.skipIf(!existsSync('/dev/full'))('a full disk for problems and notes', { timeout: 300_000 }, () => {
    const { codes } = ends('> /dev/null 2> /dev/full')
    for (const name of names) expect(codesOf(name), name).toContain(codes[name])
  })
})
