import ts from 'typescript'
import { dialect, mostCommentColumns } from '../house'
import { type Found, inSrc, type ParsedFile, type Rule } from '../rule'

interface Comment {
  readonly start: number
  readonly text: string
}

/** Every comment of a file, trailing ones included. */
function commentsOf({ text, source }: ParsedFile): Comment[] {
  const starts = new Map<number, Comment>()
  const visit = (node: ts.Node): void => {
    const ranges = [
      ...(ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.getEnd()) ?? []),
    ]
    for (const { pos, end } of ranges) starts.set(pos, { start: pos, text: text.slice(pos, end) })
    ts.forEachChild(node, visit)
  }
  visit(source)
  return [...starts.values()]
}

/** The comment without its examples and indented lines, which are code. */
const prose = ({ text }: Comment): string =>
  text.replace(/@example[\s\S]*|```[\s\S]*?```/g, '').replace(/^ *\* {5}.*$/gm, '')

const isInPlainEnglish = (path: string): boolean => inSrc(path) && !path.endsWith('.generated.ts')

export const commentWidth: Rule = {
  name: 'comments wrap at 120 columns',
  appliesTo: isInPlainEnglish,
  *check(file) {
    for (const comment of commentsOf(file)) {
      const column = file.source.getLineAndCharacterOfPosition(comment.start).character
      const lines = prose(comment).split('\n')
      const wide = lines.findIndex((line, index) => line.length + (index === 0 ? column : 0) > mostCommentColumns)
      if (wide < 0 || /biome-ignore|https?:/.test(lines[wide] ?? '')) continue
      const position = comment.start + lines.slice(0, wide).join('\n').length + (wide > 0 ? 1 : 0)
      yield { node: file.source, position, message: `a comment has more than ${mostCommentColumns} columns` }
    }
  },
}

export const plainEnglish: Rule = {
  name: 'plain English',
  appliesTo: isInPlainEnglish,
  *check(file) {
    for (const comment of commentsOf(file)) yield* dialectIn(file, comment)
  },
}

function* dialectIn(file: ParsedFile, comment: Comment): Iterable<Found> {
  // A phrase may be broken by the end of a line; code in back ticks is no English.
  const text = prose(comment)
    .replaceAll(/\n\s*(?:\*|\/\/) ?/g, ' ')
    .replaceAll(/`[^`]*`/g, '``')
  for (const [phrase, instead] of dialect) {
    const [found] = phrase.exec(text) ?? []
    if (found !== undefined)
      yield { node: file.source, position: comment.start, message: `"${found}" in a comment: write ${instead}` }
  }
}
