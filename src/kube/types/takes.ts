import { type MendOptions, mender } from './mend'
import type { Shape } from './shape'

/** An argument as it is where it is well-formed; malformed parts count as missing. */
export type Take = <T>(given: T) => T

/**
 * Readers of several roots of one table of types. A reader returns what its caller passed, in the caller's own type, so
 * that a table needs no import of the files that use it.
 */
export const takes =
  (types: Shape['types'], options?: MendOptions) =>
  (root: string): Take =>
    mender<unknown>({ root, types }, options) as Take
