import type { RolloutSpec } from '../../model/rollout'

/**
 * The path in the manifest of the field that a refusal is about: upstream's own leaves the strategy's name out where it
 * judges the spec alone (`spec.strategy.steps[0]`), and calls a missing strategy `spec.strategy.strategy`.
 */
export function fieldPath(path: string, { strategy }: Pick<RolloutSpec, 'strategy'>): string {
  if (path === 'spec.strategy.strategy') return 'spec.strategy'
  const name = strategy?.blueGreen ? 'blueGreen' : 'canary'
  return path.replace(/^spec\.strategy\.(?!canary\b|blueGreen\b)/, `spec.strategy.${name}.`)
}

/** The same for a refusal as the status tells it: `The Rollout "web" is invalid: spec.replicas: Invalid value: ...`. */
export function refusedField(message: string, spec: Pick<RolloutSpec, 'strategy'>): string {
  const [, path = 'spec'] = /is invalid: ((?:spec|metadata)[^\s:]*): /.exec(message) ?? []
  return fieldPath(path, spec)
}
