import type { Change } from '../model/change'
import type { TraceEntry } from '../simulate/tracedTurn'
import { clockText } from '../view/clockText'
import { readableLine } from './readable'

/** Every turn in order: what each controller had done, and what the Rollout looks like then. */
export function traceText(trace: readonly TraceEntry[]): string {
  const lines = trace.flatMap(({ atSeconds, by, changes, isRefused, frame }) => {
    const start = `${clockText(atSeconds).padEnd(8)}${by}`
    return [
      ...changes.map(
        (change) => `${start}  ${describeChange(change)}${isRefused && 'router' in change ? ' (refused)' : ''}`,
      ),
      `${start}  -> ${describeState(frame)}`,
    ]
  })
  return ['', 'TRACE', ...lines.map(readableLine)].join('\n')
}

/** Router calls with all their arguments; of other changes the object, and the replicas where they change. */
function describeChange(change: Change): string {
  if ('router' in change) {
    const { kind, router, ...told } = change
    const fields = Object.entries(told).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    return [kind, router, ...fields].join(' ')
  }
  if (change.kind === 'scaleReplicaSet')
    return `${change.kind} ${change.name} ${change.fromReplicas} -> ${change.replicas}`
  return `${change.kind} ${nameOf(change)}`
}

function nameOf(change: Exclude<Change, { readonly router: string }>): string {
  if ('name' in change) return change.name
  const [created] = Object.values(change).flatMap((value) =>
    typeof value === 'object' && value !== null && 'metadata' in value ? [value.metadata as { name?: string }] : [],
  )
  return created?.name ?? ''
}

function describeState({ phase, message, stepIndex, weight, pods }: TraceEntry['frame']): string {
  const counts = pods.map(({ revision, wanted, available }) => `${revision}: ${available}/${wanted}`)
  return [
    phase === '' ? 'no phase yet' : phase,
    ...(message === '' ? [] : [`"${message}"`]),
    ...(stepIndex === null ? [] : [`step ${stepIndex}`]),
    ...(weight === null ? [] : [`weight ${weight}%`]),
    `pods ${counts.join('  ') || 'none'}`,
  ].join(', ')
}
