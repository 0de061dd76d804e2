/** One line of a vector file. Trace families have `start` and `steps`, function families `given` and `expect`. */
export interface ConformanceCase {
  readonly id: string
  readonly family: string
  readonly tags: readonly string[]
  /** Which released controller was recorded, e.g. `v1.9.3`; absent: main. */
  readonly controller?: string
  // biome-ignore lint/suspicious/noExplicitAny: vectors are data of many shapes; each family knows its own
  readonly given?: any
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly expect?: any
  readonly start?: { readonly now: string; readonly objects: Readonly<Record<string, unknown>> }
  readonly steps?: readonly TraceStep[]
}

export interface TraceStep {
  readonly now: string
  readonly world?: Readonly<Record<string, unknown>>
  readonly what?: string
  readonly reconcile?: string
  readonly judged?: boolean
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly given?: any
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly expect?: any
}

/** Where what the engine said differs from what was recorded. */
export interface Difference {
  readonly path: string
  readonly expected: unknown
  readonly got: unknown
}

/** One judged unit: a judged reconcile of a trace, or one case of any other family. It passes iff `differences` is empty. */
export interface Unit {
  readonly name: string
  readonly differences: readonly Difference[]
  /** What the engine was given, printed with the first difference of a failing case. */
  readonly inputs?: unknown
  /** Of a trace: which step of the story was judged. */
  readonly step?: number
  /** Of a failing unit: what the controller and what the engine changed, as path -> new value. */
  readonly changes?: {
    readonly expected: Readonly<Record<string, string>>
    readonly actual: Readonly<Record<string, string>>
  }
}
