/** Lines of words, none longer than `width` unless a single word is; line ends of the text stay. */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const indent = /^ */.exec(line)?.[0] ?? ''
    const lines: string[] = []
    let current = ''
    for (const word of line.trim().split(/ +/)) {
      if (current === '') current = indent + word
      else if (current.length + 1 + word.length <= width) current += ` ${word}`
      else {
        lines.push(current)
        current = indent + word
      }
    }
    return [...lines, current]
  })
}
