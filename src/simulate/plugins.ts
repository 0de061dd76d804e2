import type { RolloutAsk, StepPluginAnswer, VerifyWeightAnswer } from '../model/ask'

/**
 * What a step plugin answers: Successful, Failed, Error, Running; what a router plugin says of a weight: verified,
 * unverified.
 */
export type PluginPhase = 'Successful' | 'Failed' | 'Error' | 'Running' | 'verified' | 'unverified'

export const pluginPhases: readonly PluginPhase[] = [
  'Successful',
  'Failed',
  'Error',
  'Running',
  'verified',
  'unverified',
]

/** What a plugin answers from a second of the simulation on. */
export interface PluginPoint {
  readonly phase: PluginPhase
  /** Default 0. */
  readonly atSeconds?: number
  readonly message?: string
}

/**
 * What plugins answer, by their names, in the order of time. Before its first point a step plugin is Running, and a
 * router plugin says the opposite of it. A plugin of which nothing is said succeeds, or answers as the router does.
 */
export type PluginModel = Readonly<Record<string, readonly PluginPoint[]>>

/** The answer of a plugin of which something is said; undefined for all others. */
export function pluginAnswer(
  ask: RolloutAsk,
  plugins: PluginModel,
  second: number,
): StepPluginAnswer | VerifyWeightAnswer | undefined {
  const name = pluginNameOf(ask)
  const points = name !== undefined && Object.hasOwn(plugins, name) ? plugins[name] : undefined
  const [first] = points ?? []
  if (!points || !first) return undefined
  const point = points.filter(({ atSeconds = 0 }) => atSeconds <= second).at(-1)
  if (ask.kind === 'verifyWeight') {
    if (!isOfRouter(first)) return undefined
    return { verified: point ? point.phase === 'verified' : first.phase === 'unverified' }
  }
  if (isOfRouter(first)) return undefined
  const { phase, message } = point ?? { phase: 'Running' as const }
  // Plugins report an error apart from their phases.
  return phase === 'Error' ? { error: message ?? 'the plugin failed' } : { phase, ...(message && { message }) }
}

const isOfRouter = ({ phase }: PluginPoint): boolean => phase === 'verified' || phase === 'unverified'

/** Aborts and terminations are none of it: they succeed. */
function pluginNameOf(ask: RolloutAsk): string | undefined {
  if (ask.kind === 'stepPlugin') return ask.operation === 'run' ? ask.plugin : undefined
  if (ask.kind !== 'verifyWeight') return undefined
  return ask.router.startsWith('plugins/') ? ask.router.slice('plugins/'.length) : undefined
}
