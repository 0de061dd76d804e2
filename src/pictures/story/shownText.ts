/** Characters that control a terminal, change the direction of writing, or are no characters. */
const hidden = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]/gu

/** One line of at most so many characters, without characters that a reader cannot see; `…` marks what is left out. */
export function shownText(text: string, mostCharacters: number): string {
  const start = text.slice(0, 2 * mostCharacters + 2)
  const characters = [...start.replace(/\s+/g, ' ').replace(hidden, '\ufffd')]
  return characters.length <= mostCharacters && start.length === text.length
    ? characters.join('')
    : `${characters.slice(0, Math.max(0, mostCharacters - 1)).join('')}…`
}
