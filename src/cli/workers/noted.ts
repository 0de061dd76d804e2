import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { reasonOf } from '../files'

// Files in which long work notes how far it is.

/** The text of a file; undefined where there is none; the reason where it cannot be read. */
export function readText(file: string): { readonly text: string | undefined } | { readonly problem: string } {
  try {
    return { text: readFileSync(file, 'utf8') }
  } catch (error) {
    if ((error as { readonly code?: string }).code === 'ENOENT') return { text: undefined }
    return { problem: reasonOf(error) }
  }
}

/** Written whole or not at all; the reason where it cannot be written. */
export function writeWhole(file: string, text: string): string | undefined {
  try {
    writeFileSync(`${file}.new`, text)
    renameSync(`${file}.new`, file)
    return undefined
  } catch (error) {
    return reasonOf(error)
  }
}
