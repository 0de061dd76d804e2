/** Keys by the time at which they are due: a binary heap. */
export interface DueHeap {
  readonly add: (key: string, dueAt: number) => void
  /** When the next one is due. */
  readonly nextAt: () => number | undefined
  /** The next key that is due up to then. */
  readonly takeUntil: (time: number) => string | undefined
}

interface Due {
  readonly key: string
  readonly at: number
}

/** Each key counts once, at its earliest time: what it was asked for later is forgotten with that. */
export function dueHeap(): DueHeap {
  const heap: Due[] = []
  const earliest = new Map<string, number>()
  const isCurrent = ({ key, at }: Due): boolean => earliest.get(key) === at
  const dropOutdated = (): void => {
    while (heap[0] && !isCurrent(heap[0])) pop(heap)
  }
  return {
    add(key, at) {
      const known = earliest.get(key)
      if (known !== undefined && known <= at) return
      earliest.set(key, at)
      push(heap, { key, at })
    },
    nextAt() {
      dropOutdated()
      return heap[0]?.at
    },
    takeUntil(time) {
      dropOutdated()
      const first = heap[0]
      if (!first || first.at > time) return undefined
      pop(heap)
      earliest.delete(first.key)
      return first.key
    },
  }
}

function push(heap: Due[], due: Due): void {
  let at = heap.push(due) - 1
  while (at > 0) {
    const parent = (at - 1) >> 1
    const above = heap[parent] as Due
    if (above.at <= due.at) break
    heap[at] = above
    at = parent
  }
  heap[at] = due
}

function pop(heap: Due[]): void {
  const last = heap.pop() as Due
  if (heap.length === 0) return
  let at = 0
  while (2 * at + 1 < heap.length) {
    const left = 2 * at + 1
    const child = (heap[left + 1]?.at ?? Number.POSITIVE_INFINITY) < (heap[left] as Due).at ? left + 1 : left
    const below = heap[child] as Due
    if (below.at >= last.at) break
    heap[at] = below
    at = child
  }
  heap[at] = last
}
