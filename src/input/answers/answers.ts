import type { AnswerReader } from './answer'
import { prometheusAnswer } from './prometheus'

/** Servers whose answers to a query are read as they are. */
const readers: readonly AnswerReader[] = [prometheusAnswer]

/** Whose answer a value is; undefined: it is none. */
export const answerReader = (value: unknown): AnswerReader | undefined => readers.find((reader) => reader.is(value))
