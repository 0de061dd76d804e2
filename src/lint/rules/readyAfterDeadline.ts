import { isJsonObject, isWalkableList, type JsonValue } from '../../model/json'
import { progressDeadlineSecondsOf } from '../../rollout/defaults'
import { rolloutRule } from '../rule'

export const readyAfterDeadline = rolloutRule(
  {
    id: 'ready-after-deadline',
    severity: 'warning',
    summary: 'a progress deadline that passes before a pod can become ready',
    why: 'A pod cannot be ready before `initialDelaySeconds` of its probes. With a shorter `progressDeadlineSeconds` every update is Degraded for a while, and aborted with `progressDeadlineAbort`.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/939',
  },
  function* (rollout) {
    const deadline = progressDeadlineSecondsOf(rollout)
    const containers = rollout.spec.template?.spec?.containers
    for (const [index, container] of (isWalkableList(containers) ? containers : []).entries()) {
      for (const probe of ['readinessProbe', 'startupProbe']) {
        const delay = delayOf(container, probe)
        if (delay === undefined || delay < deadline) continue
        const path = ['spec', 'template', 'spec', 'containers', index, probe, 'initialDelaySeconds']
        const message = `no pod is ready before ${delay} s, and after ${deadline} s (progressDeadlineSeconds) the update is Degraded`
        yield { path, message }
      }
    }
  },
)

function delayOf(container: JsonValue, probe: string): number | undefined {
  const found = isJsonObject(container) ? container[probe] : undefined
  const delay = isJsonObject(found) ? found.initialDelaySeconds : undefined
  return typeof delay === 'number' ? delay : undefined
}
