/**
 * A list that is made of notes when somebody reads it: most readers of a timeline need neither patches nor resources.
 */
export interface LaterList<Note, Item> {
  readonly note: (note: Note) => void
  readonly items: () => readonly Item[]
  readonly copy: () => LaterList<Note, Item>
}

/**
 * `work` adds to the items, or changes the last ones, by a note. Notes hold whole states of a cluster: at most
 * `mostNotes` of them wait.
 */
export function laterList<Note, Item>(
  first: readonly Item[],
  work: (items: Item[], note: Note) => void,
  mostNotes: number,
): LaterList<Note, Item> {
  const items = [...first]
  const waiting: Note[] = []
  const catchUp = (): void => {
    for (const note of waiting) work(items, note)
    waiting.length = 0
  }
  return {
    note: (note) => {
      waiting.push(note)
      if (waiting.length >= mostNotes) catchUp()
    },
    items: () => {
      catchUp()
      return [...items]
    },
    copy: () => {
      const copied = laterList(items, work, mostNotes)
      for (const note of waiting) copied.note(note)
      return copied
    },
  }
}

/** Fields that waiting notes may hold in all: a note holds a record of the cluster, with a field for each object. */
const mostFields = 100_000

/** How many notes may wait in a world with so many objects. */
export const mostNotesOf = (objects: number): number => Math.max(1, Math.floor(mostFields / Math.max(1, objects)))
