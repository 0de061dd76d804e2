import { givenObject } from './given'

const plain: ReadonlySet<string> = new Set(['string', 'number', 'boolean'])

/** The strings, numbers and booleans among the fields of coded data, so that any input can be put into a sentence. */
export const plainFields = (data: unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(givenObject(data)).filter(([, value]) => plain.has(typeof value)))
