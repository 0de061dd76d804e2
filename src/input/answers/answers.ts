import type { AnswerReader } from './answer'
import { cloudWatchAnswer } from './cloudWatch'
import { datadogV1Answer, datadogV2Answer } from './datadog'
import { graphiteAnswer } from './graphite'
import { fluxRowsAnswer, influxQlAnswer } from './influxdbJson'
import { newRelicAnswer } from './newRelic'
import { prometheusAnswer } from './prometheus'

/** Servers whose answers to a query are read as they are; InfluxDB's are mostly tables (influxdb.ts). */
const readers: readonly AnswerReader[] = [
  prometheusAnswer,
  datadogV1Answer,
  datadogV2Answer,
  cloudWatchAnswer,
  newRelicAnswer,
  graphiteAnswer,
  fluxRowsAnswer,
  influxQlAnswer,
]

/** Whose answer a value is; undefined: it is none. */
export const answerReader = (value: unknown): AnswerReader | undefined => readers.find((reader) => reader.is(value))
