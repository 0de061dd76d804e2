import { type Nature, natureOf, unknown } from '../types/nature'

/** Keys of a map. */
export const keyOf = ({ type }: Nature): Nature => (type?.kind === 'map' ? natureOf(type.key!) : unknown)
