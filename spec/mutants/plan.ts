/** What a worker knows of a mutant. Its number is its place in the plan plus one. */
export interface PlannedMutant {
  readonly isStatic: boolean
  /** The numbers of the mutants of its file. */
  readonly firstOfFile: number
  readonly lastOfFile: number
}

/** What a worker reads. */
export interface Plan {
  readonly mutants: readonly PlannedMutant[]
  readonly families: readonly string[]
  /** Places of mutants whose fate is known, or that are not in the sample. */
  readonly done: readonly number[]
  /** One recorded case in so many is asked. */
  readonly every: number
  readonly patienceMilliseconds: number
}
