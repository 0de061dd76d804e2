/** One measured figure, and its budget if it has one. */
export interface Figure {
  readonly name: string
  readonly value: number
  /** `ms`, `decisions/s`, ... */
  readonly unit: string
  readonly most?: number
  readonly least?: number
}

export type Bench = () => Promise<readonly Figure[]>
