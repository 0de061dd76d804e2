/** One number that a scrape finds. Label names are Prometheus' own; values are any text. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** Samples of one name, with what a scrape is told about it. */
export interface MetricFamily {
  readonly name: string
  readonly help: string
  readonly type: 'gauge'
  readonly samples: readonly Sample[]
}
