import type { Command } from './commandLine/command'
import { analyzeCommand } from './commands/analyze'
import { checkCommand } from './commands/check'
import { compareCommand } from './commands/compare'
import { completionCommand } from './commands/completion'
import { explainCommand } from './commands/explain'
import { getExperimentCommand, getRolloutCommand } from './commands/get'
import { lintCommand } from './commands/lint'
import { listExperimentsCommand, listRolloutsCommand } from './commands/list'
import { metricsCommand } from './commands/metrics'
import { notifyCommand } from './commands/notify'
import { commandsOfObjects } from './commands/objectCommands'
import { replayCommand } from './commands/replay'
import { commandsOfRollouts } from './commands/rolloutCommands'
import { schemaCommand } from './commands/schema'
import { simulateCommand } from './commands/simulate'
import { statusCommand } from './commands/status'
import { sweepCommand } from './commands/sweep'
import { testCommand } from './commands/test'
import { upgradeCommand } from './commands/upgrade'

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  simulateCommand,
  testCommand,
  sweepCommand,
  explainCommand,
  replayCommand,
  getRolloutCommand,
  getExperimentCommand,
  listRolloutsCommand,
  listExperimentsCommand,
  statusCommand,
  ...commandsOfRollouts,
  ...commandsOfObjects,
  analyzeCommand,
  lintCommand,
  compareCommand,
  upgradeCommand,
  checkCommand,
  metricsCommand,
  notifyCommand,
  schemaCommand,
  completionCommand(() => commands),
]
