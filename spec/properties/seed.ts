/**
 * The seed of this run's random inputs: the same in every run, so that a failure is the doing of a change.
 * `PROPERTY_SEED=random` draws a new one, which the failing test prints; `PROPERTY_SEED=<number>` repeats it.
 */
export const propertySeed = seedOf(process.env.PROPERTY_SEED)

function seedOf(wanted: string | undefined): number {
  return wanted === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(wanted ?? 1)
}
