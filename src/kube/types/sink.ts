import { goLetters } from '../../go/json/goJson'

/** Takes a printed text piece by piece: to join it, or to hash it, which needs no whole text. */
export interface Sink {
  /** A piece that is the same every time. */
  readonly constant: (piece: Constant) => void
  /** A piece as it is. */
  readonly text: (piece: string) => void
  /** What stands between the quotes of a JSON string. */
  readonly letters: (text: string) => void
}

/** ASCII, and its bytes, which are faster to read than the letters of a text. */
export interface Constant {
  readonly text: string
  readonly bytes: Uint8Array
}

export const constant = (text: string): Constant => ({
  text,
  bytes: Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
})

export const nothing = constant('')
export const quote = constant('"')
export const comma = constant(',')

/** The whole text that is printed into a sink. */
export function joined(print: (sink: Sink) => void): string {
  let text = ''
  print({
    constant: (piece) => {
      text += piece.text
    },
    text: (piece) => {
      text += piece
    },
    letters: (letters) => {
      text += goLetters(letters)
    },
  })
  return text
}
