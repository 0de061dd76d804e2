import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { commands } from '../../src/cli/commands'
import { simulateFormats } from '../../src/cli/pictureFormats'
import { desk } from './captured'

const { put, run } = desk()

/** Whether a program is there, for shells that not every machine has. */
const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0

describe('help', () => {
  test.for(commands.map(({ name }) => name))('of %s fits 80 columns and names every option', (name) => {
    const { code, out, err } = run(...name.split(' '), '--help')
    expect([code, err]).toEqual([0, ''])
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
    const options = commands.find((one) => one.name === name)?.options ?? []
    for (const option of options) expect(out).toContain(`--${option.name}`)
    expect(run('help', ...name.split(' ')).out).toBe(out)
  })

  test('without a command lists them all, in 80 columns', () => {
    const { code, out } = run()
    expect(code).toBe(0)
    for (const { name } of commands) expect(out).toContain(`\n  ${name} `)
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  test('wins over what is wrong with other words', () => {
    expect(run('simulate', '--nonsense', '-h').code).toBe(0)
  })
})

describe('what is wrong with the words is said in one line, and where to read on', () => {
  test.for([
    ['simulat', 'unknown command "simulat": did you mean simulate?\nsee rollout-engine --help'],
    ['simulate', 'name a file with the Rollout, or - for standard input\nsee rollout-engine simulate --help'],
    ['simulate a.yaml --untl 5m', 'unknown option --untl: did you mean --until?\nsee rollout-engine simulate --help'],
    ['simulate a.yaml -x', 'unknown option -x\nsee rollout-engine simulate --help'],
    ['simulate a.yaml --until', '--until needs a value\nsee rollout-engine simulate --help'],
    ['simulate a.yaml --strict=no', '--strict takes no value\nsee rollout-engine simulate --help'],
    [
      'upgrade a.yaml --from v0.1',
      '--from is one of v1.7, v1.8, v1.9, v1.10, main, not "v0.1"\nsee rollout-engine upgrade --help',
    ],
    [
      'upgrade a.yaml --from v1.9 --output xml',
      '--output is text, markdown or json, not "xml"\nsee rollout-engine upgrade --help',
    ],
    ['completion', 'name a shell: bash, zsh, fish, man\nsee rollout-engine completion --help'],
    ['completion bsh', 'unknown shell "bsh": did you mean bash?\nsee rollout-engine completion --help'],
  ])('%s', ([words, said]) => {
    expect(run(...(words ?? '').split(' '))).toEqual({ code: 2, out: '', err: `rollout-engine: ${said}\n` })
  })
})

test('--output says what is printed, -o and --format mean the same; where there is one output only, that is said', () => {
  const manifests = fileURLToPath(new URL('../../examples/11-commands/paused.yaml', import.meta.url))
  const [json, ...others] = [['--output', 'json'], ['-o', 'json'], ['--format=json']].map((words) =>
    run('list', 'rollouts', manifests, ...words),
  )
  expect(JSON.parse(json?.out ?? '')).toBeTruthy()
  for (const other of others) expect(other).toEqual(json)
  expect(run('list', 'rollouts', '--help').out).toContain('-o, --output text|json')
  for (const words of [['-o', 'json'], ['--output=json'], ['--format', 'json']])
    expect(run('status', manifests, ...words)).toEqual({
      code: 2,
      out: '',
      err: 'rollout-engine: status has no --output: it prints one thing only\nsee rollout-engine status --help\n',
    })
})

describe('completion', () => {
  /** What bash offers for a line, the cursor behind its last word. */
  const offered = (...words: readonly string[]): readonly string[] => {
    const script = run('completion', 'bash').out
    const line = `COMP_WORDS=(rollout-engine ${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length}
_rollout_engine
printf '%s\\n' "\${COMPREPLY[@]}"`
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', `${script}\n${line}`], { encoding: 'utf8' })
    expect(stderr).toBe('')
    return stdout.split('\n').filter((word) => word !== '')
  }

  test.skipIf(!has('bash'))('of bash completes commands, options and values', () => {
    expect(offered('')).toEqual(expect.arrayContaining(['simulate', 'analyze', 'upgrade', 'completion']))
    expect(offered('sim')).toEqual(['simulate'])
    expect(offered('simulate', '--rou')).toEqual([
      '--router-lag',
      '--router-verifies',
      '--router-lies',
      '--router-refuses',
    ])
    expect(offered('simulate', 'a.yaml', '--output', '')).toEqual(simulateFormats)
    expect(offered('simulate', 'a.yaml', '--output', '=', 'j')).toEqual(['json'])
    expect(offered('simulate', 'a.yaml', '--update', '')).toEqual([])
    expect(offered('completion', '')).toEqual(['bash', 'zsh', 'fish', 'man'])
  })

  test.skipIf(!has('bash'))('of bash completes files', () => {
    const file = put('rollout.yaml', '')
    const begun = file.slice(0, -4)
    expect(offered('simulate', begun)).toEqual([file])
    expect(offered('simulate', '-', '--series', begun)).toEqual([file])
  })

  test.each(['zsh', 'fish'] as const)(
    'of %s is understood by the shell where it is installed, and has every option',
    (shell) => {
      const { out } = run('completion', shell)
      for (const { options } of commands)
        for (const { name } of options) expect(out).toContain(shell === 'zsh' ? `--${name}` : `-l ${name} `)
      if (has(shell)) expect(spawnSync(shell, ['-n', put(`completion.${shell}`, out)]).status).toBe(0)
    },
  )

  test('of man is a page with every command', () => {
    const { out } = run('completion', 'man')
    expect(out).toMatch(/^\.TH ROLLOUT-ENGINE 1 /)
    for (const { name } of commands) expect(out).toContain(`\n.SS ${name}`)
    expect(out.split('\n').filter((line) => /^\.(?!TH|SH|SS|B|TP|PP|nf|fi|br)/.test(line))).toEqual([])
  })
})

test('--version prints the version of the package', () => {
  expect(run('--version').out).toMatch(/^\d+\.\d+\.\d+\S*\n$/)
})
