import type { WorldDeed } from '../simulate/worldEvent'

/** Commands of people that are a word. */
export const plainCommands: Readonly<Record<string, WorldDeed>> = {
  promote: { command: 'promote' },
  'promote-full': { command: 'promote --full' },
  abort: { command: 'abort' },
  retry: { command: 'retry' },
  undo: { command: 'undo' },
  pause: { command: 'pause' },
  resume: { command: 'resume' },
  restart: { command: 'restart' },
  delete: { command: 'delete' },
}

export const commandWords: readonly string[] = [...Object.keys(plainCommands), 'scale:N', 'image:IMAGE']

/** What a word behind `--at TIME=` or `--when-paused` does. */
export function commandEvent(text: string): WorldDeed | undefined {
  if (Object.hasOwn(plainCommands, text)) return plainCommands[text]
  const [, word, number] = /^(undo|scale|scale-workload)[:=](\d{1,9})$/.exec(text) ?? []
  if (word === 'undo') return { command: 'undo', toRevision: Number(number) }
  if (word === 'scale') return { replicas: Number(number) }
  if (word === 'scale-workload') return { workloadReplicas: Number(number) }
  const [, container, image] = /^image[:=](?:([^=]+)=)?([^=]+)$/.exec(text) ?? []
  return image === undefined ? undefined : { image, ...(container && { container }) }
}
