/** One number that a scrape finds. Label names are Prometheus' own; values are any text. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** Samples of one name, with its type and help. */
export interface MetricFamily {
  readonly name: string
  readonly help: string
  readonly type: 'gauge'
  readonly samples: readonly Sample[]
}
