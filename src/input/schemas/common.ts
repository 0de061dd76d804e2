import * as z from 'zod/mini'
import type { JsonObject } from '../../model/json'

export const text = z.string()
export const flag = z.boolean()
export const int32 = z.int32()
/** Kubernetes' int64, as far as a number can hold it exactly. */
export const int64 = z.int()
export const intOrText = z.union([z.int32(), z.string()])
/** RFC 3339 with `Z` or an offset. */
export const time = z.iso.datetime({ offset: true })
export const textMap = z.record(z.string(), z.string())
export const texts = z.array(text)
export const anything = z.unknown()

/** An object of our own kinds: a field that is not listed is reported as a warning. */
export const closed = z.strictObject
/** An object of Kubernetes or of others: fields that are not listed are kept and never looked at. */
export const open = z.looseObject
export const optional = z.optional
export const list = z.array

/** An object that is kept whole. Schemas speak of `unknown`, the model of JSON: a manifest holds nothing else. */
export const keptWhole = open({}) as unknown as z.ZodMiniType<JsonObject>
