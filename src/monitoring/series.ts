/** One number that a scrape finds. Label names are Prometheus' own; values are any text. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
  /** What the sample's name has behind that of its family: `_bucket`, `_sum` and `_count` of a histogram. */
  readonly suffix?: string
}

/** Samples of one name, with its type and help. */
export interface MetricFamily {
  readonly name: string
  readonly help: string
  readonly type: 'gauge' | 'counter' | 'histogram'
  readonly samples: readonly Sample[]
}
