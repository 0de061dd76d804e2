/** Random numbers that a seed repeats: of an input with this number in an attack with this seed. */
export interface Random {
  /** From 0 to below `most`. */
  readonly below: (most: number) => number
  readonly pick: <T>(items: readonly T[]) => T
}

/** Mulberry32, begun anew for each input, so that every input can be made again without those before it. */
export function randomOf(seed: number, index: number): Random {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(index + 1, 0xc2b2ae35)) | 0
  const below = (most: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * most)
  }
  return { below, pick: (items) => items[below(items.length)]! }
}
