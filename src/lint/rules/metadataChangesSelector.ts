import { blueGreenPath, canaryPath, matchedLabels } from '../facts'
import { rolloutRule } from '../rule'

export const metadataChangesSelector = rolloutRule(
  {
    id: 'metadata-changes-selector',
    severity: 'error',
    summary: 'canary or stable metadata that overwrites a label of the selector',
    why: 'The API server refuses a ReplicaSet whose pods its own selector does not find, so an update with such labels ends in errors.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/3351',
  },
  function* (rollout) {
    const selected = matchedLabels(rollout.spec.selector) ?? {}
    const { canary, blueGreen } = rollout.spec.strategy ?? {}
    const metadataOfRoles = [
      [[...canaryPath, 'canaryMetadata'], canary?.canaryMetadata],
      [[...canaryPath, 'stableMetadata'], canary?.stableMetadata],
      [[...blueGreenPath, 'previewMetadata'], blueGreen?.previewMetadata],
      [[...blueGreenPath, 'activeMetadata'], blueGreen?.activeMetadata],
    ] as const
    for (const [path, metadata] of metadataOfRoles) {
      for (const [key, value] of Object.entries(metadata?.labels ?? {})) {
        if (!Object.hasOwn(selected, key) || selected[key] === value) continue
        yield {
          path: [...path, 'labels', key],
          message: `the selector asks for ${key}=${selected[key]}: it does not find pods with ${value}`,
        }
      }
    }
  },
)
