import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { runCommandLine } from '../../src/cli/runCommandLine'
import { type Scene, type Story, wordsOf } from './story'

/** The story with what its commands print now. They run in this process, in a folder that holds nothing but the files. */
export function runStory(story: Story): Story {
  const home = process.cwd()
  const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-story-'))
  try {
    for (const [name, content] of Object.entries(story.files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), content)
    }
    process.chdir(folder)
    return { ...story, scenes: story.scenes.map(({ command }) => runScene(command)) }
  } finally {
    process.chdir(home)
    rmSync(folder, { recursive: true })
  }
}

function runScene(command: string): Scene {
  const written = { stdout: '', stderr: '' }
  const { stdout, stderr } = process
  const originals = { stdout: stdout.write, stderr: stderr.write }
  const keep = (stream: 'stdout' | 'stderr') => (text: string | Uint8Array) => {
    written[stream] += text
    return true
  }
  stdout.write = keep('stdout')
  stderr.write = keep('stderr')
  try {
    const exitCode = runCommandLine(wordsOf(command))
    if (typeof exitCode !== 'number') throw new Error('this command goes on after it returned')
    return { command, output: tidy(written.stdout), errors: tidy(written.stderr), exitCode }
  } finally {
    stdout.write = originals.stdout
    stderr.write = originals.stderr
  }
}

/** Without blank lines at the end: they are how sections are kept apart. */
const tidy = (text: string): string => text.replace(/\n+$/, '\n')
