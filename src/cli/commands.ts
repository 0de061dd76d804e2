import type { Command } from './commandLine/command'
import { analyzeCommand } from './commands/analyze'
import { completionCommand } from './commands/completion'
import { simulateCommand } from './commands/simulate'
import { upgradeCommand } from './commands/upgrade'

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  simulateCommand,
  analyzeCommand,
  upgradeCommand,
  completionCommand(() => commands),
]
