import ts from 'typescript'

/** One small mistake that could be in a file. */
export interface Mutant {
  readonly file: string
  readonly line: number
  /** The function or constant around it, the mistake, and a number where the same could be made twice: stable as lines move. */
  readonly name: string
  readonly start: number
  readonly end: number
  readonly replacement: string
}

const operators: Readonly<Partial<Record<ts.SyntaxKind, readonly string[]>>> = {
  [ts.SyntaxKind.LessThanToken]: ['<=', '>='],
  [ts.SyntaxKind.LessThanEqualsToken]: ['<', '>'],
  [ts.SyntaxKind.GreaterThanToken]: ['>=', '<='],
  [ts.SyntaxKind.GreaterThanEqualsToken]: ['>', '<'],
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: ['!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: ['==='],
  [ts.SyntaxKind.PlusToken]: ['-'],
  [ts.SyntaxKind.MinusToken]: ['+'],
  [ts.SyntaxKind.AsteriskToken]: ['/'],
  [ts.SyntaxKind.SlashToken]: ['*'],
  [ts.SyntaxKind.PercentToken]: ['*'],
  [ts.SyntaxKind.PlusEqualsToken]: ['-='],
  [ts.SyntaxKind.MinusEqualsToken]: ['+='],
  [ts.SyntaxKind.AmpersandAmpersandToken]: ['||'],
  [ts.SyntaxKind.BarBarToken]: ['&&'],
}

const opposites: Readonly<Record<string, string>> = { min: 'max', max: 'min', ceil: 'floor', floor: 'ceil' }

/** What the operator of a node is replaced by; undefined where it has none that is mutated. */
export const mutatedOperator = (node: ts.Node): readonly string[] | undefined =>
  ts.isBinaryExpression(node) && !joinsText(node) ? operators[node.operatorToken.kind] : undefined

/** The opposite of a rounding or bound. */
export const oppositeFunction = (node: ts.PropertyAccessExpression, source: ts.SourceFile): string | undefined =>
  node.expression.getText(source) === 'Math' && Object.hasOwn(opposites, node.name.text)
    ? opposites[node.name.text]
    : undefined

/** Every comparison, boundary, arithmetic and logical operator of a file, and its roundings and bounds, each the wrong way round. */
export function findMutants(file: string, text: string): Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)
  const found: Mutant[] = []
  const seen = new Map<string, number>()
  const add = (around: ts.Node, token: ts.Node, replacement: string): void => {
    const start = token.getStart(source)
    const was = oneLine(around.getText(source))
    const offset = start - around.getStart(source)
    const now = oneLine(around.getText(source).slice(0, offset) + replacement + text.slice(token.end, around.end))
    const title = `${ownerOf(around)}: ${was} -> ${now}`
    const count = (seen.get(title) ?? 0) + 1
    seen.set(title, count)
    const line = source.getLineAndCharacterOfPosition(start).line + 1
    found.push({ file, line, name: count > 1 ? `${title} (${count})` : title, start, end: token.end, replacement })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node)) {
      for (const replacement of mutatedOperator(node) ?? []) add(node, node.operatorToken, replacement)
    }
    if (ts.isPropertyAccessExpression(node)) {
      const opposite = oppositeFunction(node, source)
      if (opposite) add(ts.isCallExpression(node.parent) ? node.parent : node, node.name, opposite)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

export const applyMutant = (text: string, { start, end, replacement }: Mutant): string =>
  text.slice(0, start) + replacement + text.slice(end)

/** `+` between texts is no arithmetic. */
const joinsText = ({ left, right, operatorToken }: ts.BinaryExpression): boolean =>
  operatorToken.kind === ts.SyntaxKind.PlusToken && [left, right].some((side) => ts.isStringLiteralLike(side))

function ownerOf(node: ts.Node): string {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isFunctionDeclaration(at) && at.name) return at.name.text
    if (ts.isVariableDeclaration(at) && ts.isIdentifier(at.name) && ts.isSourceFile(at.parent.parent.parent))
      return at.name.text
  }
  return '(file)'
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ')
