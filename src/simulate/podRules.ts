import type { PodGroup, PodLife } from './podGroup'

/** How many pods there may be, and how many of them may run: a quota, and room on nodes. Undefined: any number. */
export interface Room {
  readonly pods?: number
  readonly running?: number
}

/** What models say of pods. */
export interface PodRules {
  /** Of a pod that is made now; undefined where no model speaks of pods. */
  readonly lifeOf: ((images: readonly string[], number: number) => PodLife | undefined) | undefined
  readonly room: Room | undefined
}

export const noRules: PodRules = { lifeOf: undefined, room: undefined }

/** Pods that start together are asked for one by one up to this number; of more, some share what was drawn. */
const mostLives = 50

/** The same pods in groups that live alike. */
export function withLives(
  groups: readonly PodGroup[],
  images: readonly string[],
  { lifeOf }: PodRules,
): readonly PodGroup[] {
  return lifeOf ? groups.flatMap((group) => withLife(group, images, lifeOf)) : groups
}

function withLife(
  group: PodGroup,
  images: readonly string[],
  lifeOf: NonNullable<PodRules['lifeOf']>,
): readonly PodGroup[] {
  const size = Math.max(1, Math.ceil(group.count / mostLives))
  const parts: PodGroup[] = []
  const starts = Array.from({ length: Math.ceil(group.count / size) }, (_, index) => index * size)
  for (const from of starts) {
    const life = lifeOf(images, group.first + from)
    const count = Math.min(size, group.count - from)
    const last = parts.at(-1)
    if (last && isSameLife(last.life, life)) parts[parts.length - 1] = { ...last, count: last.count + count }
    else parts.push({ ...group, first: group.first + from, count, ...(life && { life }) })
  }
  return parts
}

const isSameLife = (one: PodLife | undefined, other: PodLife | undefined): boolean =>
  one?.readyAfterSeconds === other?.readyAfterSeconds && one?.crashAfterSeconds === other?.crashAfterSeconds

const takesRoom = ({ isUnscheduled, lost }: PodGroup): boolean => !isUnscheduled && !lost

/**
 * Gives pods that wait for a node the room that there is, the oldest ReplicaSet first. A pod begins to start in the
 * moment in which it gets a node. Pods that run keep theirs, also where there is too little room by now.
 */
export function scheduled(
  sets: readonly (readonly PodGroup[])[],
  mostRunning: number | undefined,
  second: number,
): (readonly PodGroup[])[] {
  if (mostRunning === undefined) return [...sets]
  const isNew = (group: PodGroup): boolean => takesRoom(group) && group.startedAtSeconds >= second && !group.isGiven
  const running = sets.flat().filter((group) => takesRoom(group) && !isNew(group))
  let free = mostRunning - running.reduce((sum, { count }) => sum + count, 0)
  return sets.map((groups) => {
    if (!groups.some((group) => group.isUnscheduled || isNew(group))) return groups
    const next = groups.flatMap((group): readonly PodGroup[] => {
      if (!group.isUnscheduled && !isNew(group)) return [group]
      const { isUnscheduled, ...plain } = group
      const now = Math.max(0, Math.min(free, group.count))
      free -= now
      if (now === group.count) return [isUnscheduled ? { ...plain, startedAtSeconds: second } : group]
      const later = { ...plain, first: group.first + now, count: group.count - now, isUnscheduled: true } as const
      const startedAtSeconds = isUnscheduled ? second : group.startedAtSeconds
      return now === 0 ? [isUnscheduled ? group : later] : [{ ...plain, count: now, startedAtSeconds }, later]
    })
    return next.length === groups.length && next.every((group, index) => group === groups[index]) ? groups : next
  })
}
