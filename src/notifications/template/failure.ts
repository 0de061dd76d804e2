import { type Attempt as AttemptOf, unwinding } from '../../go/unwind'

/** Why the parsing or the execution of a template ended in the middle, as in Go. */
interface Failure {
  readonly message: string
  /** `unsupported`: Go's own reader would go on. */
  readonly code: 'template' | 'unsupported'
}

export type Attempt<T> = AttemptOf<T, Failure>

const template = unwinding<Failure>()

export const attempt: <T>(run: () => T) => Attempt<T> = template.attempt

export function fail(message: string, code: Failure['code'] = 'template'): never {
  return template.fail({ message, code })
}
