import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { desk } from './captured'

// What the completions do in the shells themselves, where they are installed.

const { put, run } = desk()

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0
for (const shell of ['zsh', 'fish'])
  if (!has(shell)) console.log(`skipped: completion in ${shell}, which is not installed`)

describe.skipIf(!has('fish'))('in fish', () => {
  const offered = (line: string): readonly string[] => {
    const file = put('rollout-engine.fish', run('completion', 'fish').out)
    const words = ['--no-config', '-c', `source ${file}; complete -C '${line}'`]
    const { stdout, stderr } = spawnSync('fish', words, { encoding: 'utf8' })
    expect(stderr).toBe('')
    return stdout.split('\n').map((text) => text.split('\t')[0] ?? '')
  }

  test('commands, options and values are completed', () => {
    expect(offered('rollout-engine sim')).toContain('simulate')
    expect(offered('rollout-engine simulate --router-v')).toContain('--router-verifies')
    expect(offered('rollout-engine simulate --output m')).toEqual(expect.arrayContaining(['markdown', 'mermaid']))
  })
})

describe.skipIf(!has('zsh'))('in zsh', () => {
  /** What stands on the line of an interactive zsh after the tab key. */
  const completed = (line: string): string => {
    const folder = dirname(put('_rollout-engine', run('completion', 'zsh').out))
    const script = put(
      'press.zsh',
      `zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=; fpath=(${folder} \\$fpath); autoload -Uz compinit; compinit -u -D; rollout-engine() { print -r -- \\"ran:\\$*:\\" }; echo re''ady"
zpty -r shell out '*ready*'
zpty -w -n shell $'${line}\\t\\n'
zpty -r shell out '*ran:*:*'
print -r -- "\${out##*ran:}"
zpty -d shell
`,
    )
    const { stdout } = spawnSync('zsh', ['-f', script], { encoding: 'utf8', timeout: 60_000 })
    return stdout.trim().replace(/:$/, '')
  }

  test('commands and options are completed', () => {
    expect(completed('rollout-engine simul')).toBe('simulate')
    expect(completed('rollout-engine simulate --router-ver')).toBe('simulate --router-verifies')
  })
})
