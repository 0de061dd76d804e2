import type { ControllerVersion } from '../../model/controllerVersion'

/** The words of `check`, read. */
export interface CheckArguments {
  files: readonly string[]
  runs: number
  seed: number
  exhaustive: boolean
  depth: number
  except: readonly string[]
  rollout?: string
  controllers: readonly ControllerVersion[]
  replay?: string
  save?: string
  resume?: string
  corpus?: string
  workers: number
  isQuiet: boolean
  format: 'text' | 'json' | 'junit' | 'markdown'
}
