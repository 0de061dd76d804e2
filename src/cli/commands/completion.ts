import { bashCompletion } from '../commandLine/bashCompletion'
import type { Command } from '../commandLine/command'
import { hintFor } from '../commandLine/common'
import { fishCompletion } from '../commandLine/fishCompletion'
import { manPage } from '../commandLine/manPage'
import { defineCommand } from '../commandLine/readWords'
import { zshCompletion } from '../commandLine/zshCompletion'
import { exitCodes } from '../exitCodes'
import { printData } from '../output'
import { versionOfPackage } from '../version'

const writers: Readonly<Record<string, (commands: readonly Command[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  man: (commands) => manPage(commands, versionOfPackage()),
}

const known = Object.keys(writers)

/** `rollout-engine completion bash`: what a shell needs to complete commands and options; and the man page. */
export const completionCommand = (commands: () => readonly Command[]): Command =>
  defineCommand<{ shell?: string }>({
    name: 'completion',
    summary: 'completions for bash, zsh and fish, and the man page',
    title: 'completions for a shell, and the man page',
    about: [
      'Prints what the shell reads to complete commands, options and their values. man prints the man page in roff.',
    ],
    operands: {
      shown: known.join('|'),
      completion: known,
      set: (given, word) => {
        if (given.shell !== undefined) return 'name one shell'
        given.shell = word
        return Object.hasOwn(writers, word)
          ? undefined
          : `unknown shell "${word}"${hintFor(word, known) || `: there is ${known.join(', ')}`}`
      },
    },
    options: [],
    examples: [
      'completion bash > ~/.rollout-engine.bash',
      'completion fish > ~/.rollout-engine.fish',
      'completion man > rollout-engine.1',
    ],
    exitCodes: [
      [exitCodes.done, 'printed'],
      [exitCodes.usage, 'the command line is wrong'],
    ],
    initial: () => ({}),
    check: ({ shell }) => (shell === undefined ? `name a shell: ${known.join(', ')}` : undefined),
    run: ({ shell = 'bash' }) => {
      printData(writers[shell]?.(commands()) ?? '')
      return exitCodes.done
    },
  })
