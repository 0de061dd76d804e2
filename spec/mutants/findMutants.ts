import ts from 'typescript'
import { type Alternative, alternativesOf } from './alternatives'

// The same kinds of mistakes as Stryker makes, so that shares can be compared; `alternatives.ts` has them.

/** One small mistake that could be in a file. */
export interface Mutant extends Alternative {
  readonly file: string
  readonly line: number
  /** The function or constant around it, the mistake, and a number where the same could be made twice: stable as lines move. */
  readonly name: string
  /** Evaluated once, when the file is loaded. */
  readonly isStatic: boolean
}

export const sourceOf = (file: string, text: string): ts.SourceFile =>
  ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)

/** The mutants of a file, parents before children. */
export function findMutants(file: string, text: string): Mutant[] {
  const source = sourceOf(file, text)
  const seen = new Map<string, number>()
  return placesOf(source).flatMap((node) =>
    alternativesOf(node, source).map((alternative) => {
      const title = `${ownerOf(node)}: ${oneLine(node.getText(source))} -> ${oneLine(alternative.text)}`
      const count = (seen.get(title) ?? 0) + 1
      seen.set(title, count)
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
      const name = count > 1 ? `${title} (${count})` : title
      return { ...alternative, file, line, name, isStatic: isStatic(node) }
    }),
  )
}

/** Every node with mutants, parents before children. */
function placesOf(source: ts.SourceFile): ts.Node[] {
  const found: ts.Node[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return
    if (alternativesOf(node, source).length > 0) found.push(node)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** The text of a file with one mistake in it. */
export function applyMutant(text: string, { start, end, text: replacement }: Mutant): string {
  return text.slice(0, start) + replacement + text.slice(end)
}

function ownerOf(node: ts.Node): string {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isFunctionDeclaration(at) && at.name) return at.name.text
    if (ts.isVariableDeclaration(at) && ts.isIdentifier(at.name) && ts.isSourceFile(at.parent.parent.parent))
      return at.name.text
  }
  return '(file)'
}

const isStatic = (node: ts.Node): boolean => ts.findAncestor(node, ts.isFunctionLike) === undefined

const mostShown = 160

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > mostShown ? `${line.slice(0, mostShown)}…` : line
}
