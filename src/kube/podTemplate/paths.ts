import { invalid } from '../fieldError'
import { all, number, type Rule, report, textAt, when } from '../rule'

// Paths of files, and their modes.

const isText =
  (holds: (text: string) => boolean, detail: string): Rule =>
  (spot) => {
    const text = textAt(spot.value)
    if (!holds(text)) report(spot, invalid(spot.path, text, detail))
  }

export const textThat = isText

export const noBackSteps = isText((path) => !path.split('/').includes('..'), "must not contain '..'")

export const absolutePath = isText((path) => path.startsWith('/'), 'must be an absolute path')

/** Stays below where it starts. */
export const descendingPath = all(
  isText((path) => !path.startsWith('/'), 'must be a relative path'),
  noBackSteps,
)

/** The same, and no name beginning with two dots, which volumes use themselves. */
export const unreservedPath = all(
  descendingPath,
  isText((path) => !path.startsWith('..') || path.startsWith('../'), "must not start with '..'"),
)

const mostMode = 0o777

export const fileMode: Rule = when(
  (value) => typeof value === 'number',
  number((mode) => mode >= 0 && mode <= mostMode, 'must be a number between 0 and 0777 (octal), both inclusive'),
)
