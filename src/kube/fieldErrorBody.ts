import { goQuote } from '../go/goQuote'
import type { FieldError } from './fieldError'

// What a field error says behind its path.

/** A field error of a rule that programs can recognize. */
export interface CodedFieldError extends FieldError {
  /** Of the rule: stable. */
  readonly code: string
}

/** The whole text of a field error. */
export const fieldErrorText = ({ path, body }: FieldError): string => `${path}: ${body}`

/** `printed` is the value as Go prints it: a quoted text, a number, JSON. */
export const invalidPrinted = (printed: string, detail: string): string => `Invalid value: ${printed}: ${detail}`

/** The same for a text or a number. */
export const invalidValue = (value: string | number | boolean, detail: string): string =>
  invalidPrinted(typeof value === 'string' ? goQuote(value) : String(value), detail)

/** Something has to be there. */
export const requiredValue = (detail: string): string => `Required value: ${detail}`

/** Something must not be there. */
export const forbidden = (detail: string): string => `Forbidden: ${detail}`

/** What the controller cannot make sense of. */
export const internalError = (detail: string): string => `Internal error: ${detail}`
