import type { OtherWrite, WorldEvent } from '../../simulate/worldEvent'
import { shownText } from './shownText'

const mostCharacters = 60

/** What a user, a model or a fault did, in a few words: `set image web:2`, `promote`, `scale to 5`. */
export const deedText = (event: WorldEvent): string => shownText(wordsOf(event), mostCharacters)

const writtenText = ({ kind, name, role }: OtherWrite): string => `${kind} ${name ?? `of ${role}`}`

function wordsOf(event: WorldEvent): string {
  const { image, container, command, toRevision, replicas, workloadReplicas, losePods, crashAfterChanges, apply } =
    event
  if (image !== undefined) return `set image ${container === undefined ? '' : `${container}=`}${image}`
  if (command !== undefined) return toRevision ? `${command} to revision ${toRevision}` : command
  if (replicas !== undefined) return `scale to ${replicas}`
  if (workloadReplicas !== undefined) return `scale the workload to ${workloadReplicas}`
  if (losePods !== undefined) return `lose ${losePods.count} ${losePods.role} pods`
  if (crashAfterChanges !== undefined) return 'the controller crashes'
  if (event.staleSeconds !== undefined) return `the controller sees pods ${event.staleSeconds} s late`
  if (event.lostEventSeconds !== undefined) return `events are lost for ${event.lostEventSeconds} s`
  if (event.repeatSeconds !== undefined) return `events of ${event.repeatSeconds} s come twice`
  if (event.clockStepSeconds !== undefined) return `the controller's clock jumps by ${event.clockStepSeconds} s`
  if (event.otherWrite) return `another program writes ${writtenText(event.otherWrite)}`
  if (event.upgradeTo !== undefined) return `the controller becomes ${event.upgradeTo}`
  if (event.autoscaleSeconds !== undefined) return `an autoscaler for ${event.autoscaleSeconds} s`
  if (apply !== undefined)
    return `apply ${apply.map(({ kind = '', metadata }) => `${kind} ${metadata?.name}`).join(', ')}`
  return 'edit the spec'
}
