import { type Written, writtenFiles } from './storyFiles'

// npm run stories -- [PART OF A NAME]... [--rewrite]: runs stories and examples, and says which of them print something else than
// their file says; with --rewrite it writes the files again. `git diff` then shows what a reviewer reads.

const words = process.argv.slice(2)
const unknown = words.find((word) => word.startsWith('--') && word !== '--rewrite')
const parts = words.filter((word) => !word.startsWith('--'))
const chosen = writtenFiles().filter(({ name }) => parts.length === 0 || parts.some((part) => name.includes(part)))

if (unknown !== undefined || chosen.length === 0) {
  console.error(
    unknown === undefined ? `stories: no file has ${parts.join(' or ')} in its name` : `stories: ${unknown}?`,
  )
  console.error('usage: npm run stories -- [PART OF A NAME]... [--rewrite]')
  process.exitCode = 2
} else {
  const changed = chosen.filter(isOutOfDate)
  const done = words.includes('--rewrite')
  console.log(`${chosen.length} files, ${changed.length} ${done ? 'written again' : 'out of date'}`)
  process.exitCode = changed.length > 0 && !done ? 1 : 0
}

function isOutOfDate({ name, current, wanted, write }: Written): boolean {
  const text = wanted()
  if (text === orEmpty(current)) return false
  console.log(name)
  if (words.includes('--rewrite')) write(text)
  return true
}

/** A file that is not there yet. */
function orEmpty(current: () => string): string {
  try {
    return current()
  } catch {
    return ''
  }
}
