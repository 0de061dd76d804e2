import process from 'node:process'
import { exitCodes } from './exitCodes'
import { readable, readableJson } from './readable'

// The only file that writes to standard output and standard error (spec/cli/output.spec.ts). Text for people goes
// through `readable`.

/** A table or a help text, with a line end. */
export const printText = (text: string): void => void process.stdout.write(`${readable(text)}\n`)

/** The same data for every program that reads JSON, without a character that a terminal would obey. */
export const printJson = (value: unknown): void => void process.stdout.write(`${readableJson(value, 2)}\n`)

/** Text that is made for terminals or programs already: exactly as it is. */
export const printData = (text: string): void => void process.stdout.write(`${text}\n`)

/** A problem or a note, with a line end. */
export const printNote = (text: string): void => void process.stderr.write(`${readable(text)}\n`)

/** Replaces the line that is being written on standard error; an empty text clears it. */
export const overwriteNote = (text: string): void => void process.stderr.write(`\r\u001b[K${text}`)

/** Standard error is a terminal on which a line can be written again. */
export const takesNoteBars = (): boolean => process.stderr.isTTY === true && process.env.TERM !== 'dumb'

/** Colours only on a terminal that supports them. */
export const takesColours = (): boolean =>
  process.stdout.isTTY === true && process.env.TERM !== 'dumb' && process.env.NO_COLOR === undefined

/** A terminal in the locale `C` shows ASCII only; files and programs get Unicode. */
export const takesUnicode = (): boolean => {
  const { LC_ALL, LC_CTYPE, LANG } = process.env
  return process.stdout.isTTY !== true || !/^(?:C|POSIX)$/.test(LC_ALL || LC_CTYPE || LANG || '')
}

/** Columns of the terminal, where there is one: what goes to a file or a program has lines as long as they are. */
export const widthOfTerminal = (): number | undefined => (process.stdout.isTTY ? terminalWidth() : undefined)

/** Columns to fill: those of the terminal, 80 where there is none. */
export const terminalWidth = (): number => (process.stdout.isTTY ? Math.max(40, process.stdout.columns || 80) : 80)

/** Ends without a stack trace if the reader is gone (`| head`), or nothing can be written (a full disk). */
export function endQuietlyIfUnwritable(): void {
  process.stderr.on('error', () => {})
  process.stdout.on('error', (error: Error & { readonly code?: string }) => {
    // A closed pipe is no error: the exit code is the command's.
    if (error.code === 'EPIPE') return
    process.exitCode = exitCodes.notWritten
    printNote(`rollout-engine: cannot write the output: ${error.message}`)
  })
}
