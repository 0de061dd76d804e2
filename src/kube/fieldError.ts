import { goQuote } from '../go/goQuote'
import { goJson } from '../go/json/goJson'

/**
 * What is wrong with a field, in the wording of Kubernetes' field errors. The whole text is `<path>: <body>`:
 * `spec.replicas: Invalid value: -1: must be greater than or equal to 0` (behaviour 2.0).
 */
export interface FieldError {
  readonly path: string
  /** The text after the path: `Invalid value: -1: must be greater than or equal to 0`. */
  readonly body: string
}

const fieldError = (path: string, kind: string, printed: string | undefined, detail: string): FieldError => ({
  path,
  body: [kind, printed, detail].filter((part) => part !== undefined && part !== '').join(': '),
})

/** A value as the complaint shows it: texts in Go's quotes, all else as JSON. */
export const printed = (value: unknown): string => (typeof value === 'string' ? goQuote(value) : goJson(value ?? null))

export const missing = (path: string, detail = ''): FieldError => fieldError(path, 'Required value', undefined, detail)

export const forbidden = (path: string, detail: string): FieldError => fieldError(path, 'Forbidden', undefined, detail)

export const invalid = (path: string, value: unknown, detail: string): FieldError =>
  fieldError(path, 'Invalid value', printed(value), detail)

/** The same for a value that is already printed. */
export const invalidPrinted = (path: string, shown: string, detail: string): FieldError =>
  fieldError(path, 'Invalid value', shown, detail)

/** A text of an enumeration, or one behind a Go pointer: printed as JSON, unlike free texts. */
export const invalidWord = (path: string, word: string, detail: string): FieldError =>
  invalidPrinted(path, goJson(word), detail)

export const duplicate = (path: string, value: unknown): FieldError =>
  fieldError(path, 'Duplicate value', printed(value), '')

export const notFound = (path: string, value: unknown, detail = ''): FieldError =>
  fieldError(path, 'Not found', printed(value), detail)

export const tooLong = (path: string, mostBytes: number): FieldError =>
  fieldError(path, 'Too long', undefined, `may not be more than ${mostBytes} bytes`)

/** Enumerated texts are printed as JSON, unlike free ones. */
export const unsupported = (path: string, value: string, supported: readonly string[]): FieldError =>
  fieldError(path, 'Unsupported value', goJson(value), `supported values: ${supported.map(goQuote).join(', ')}`)
