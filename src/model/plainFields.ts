import { givenObject } from './given'

/** The strings and numbers among the fields of coded data, so that any input can be put into a sentence. */
export const plainFields = (data: unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(givenObject(data)).filter(([, value]) => typeof value === 'string' || typeof value === 'number'),
  )
