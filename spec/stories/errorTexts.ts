import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

// The error texts of the command line, read off its source: texts that are printed as notes, that are a `problem` or a
// `message`, or that a function returns as its complaint.

const root = fileURLToPath(new URL('../../src/cli', import.meta.url))

export interface ErrorText {
  /** File below src/cli and the text as it is written. */
  readonly name: string
  /** Matches what is printed, whatever stands in the text's gaps. */
  readonly pattern: RegExp
}

export function errorTexts(): readonly ErrorText[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .flatMap((path) => errorTextsOf(path, readFileSync(join(root, path), 'utf8')))
}

export function errorTextsOf(path: string, code: string): ErrorText[] {
  const source = ts.createSourceFile(path, code, ts.ScriptTarget.ES2022, true)
  const found: ErrorText[] = []
  const visit = (node: ts.Node): void => {
    if (isText(node) && isComplaint(node)) {
      const pattern = patternOf(node)
      if (pattern) found.push({ name: `${path}: ${node.getText()}`, pattern })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

type Text = ts.StringLiteralLike | ts.TemplateExpression

const isText = (node: ts.Node): node is Text => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)

/** Whether the text gets to a person as a complaint: through conditions, to where it is returned, noted or a `problem`. */
function isComplaint(text: Text): boolean {
  let node: ts.Node = text
  while (
    ts.isConditionalExpression(node.parent) ||
    ts.isParenthesizedExpression(node.parent) ||
    ts.isBinaryExpression(node.parent)
  )
    node = node.parent
  const { parent } = node
  if (ts.isPropertyAssignment(parent)) return /^(problem|message)$/.test(parent.name.getText())
  if (ts.isCallExpression(parent)) return parent.expression.getText() === 'printNote' && parent.arguments[0] === node
  if (ts.isVariableDeclaration(parent)) return parent.name.getText() === 'message'
  return (ts.isReturnStatement(parent) || ts.isArrowFunction(parent)) && returnsComplaint(parent)
}

/** A function that answers with a problem or undefined: its type says so, or it sets or checks something. */
function returnsComplaint(node: ts.Node): boolean {
  const owner = ts.findAncestor(node, (one) => ts.isFunctionLike(one)) as ts.SignatureDeclaration | undefined
  if (!owner) return false
  if (owner.type) return owner.type.getText() === 'string | undefined'
  return ts.isPropertyAssignment(owner.parent) && /^(set|check)$/.test(owner.parent.name.getText())
}

function patternOf(text: Text): RegExp | undefined {
  const parts = ts.isTemplateExpression(text)
    ? [text.head.text, ...text.templateSpans.map(({ literal }) => literal.text)]
    : [text.text]
  // What only joins other texts says nothing of its own.
  if (!/[a-z]{2}.* .*[a-z]{2}/.test(parts.join(' ').replaceAll('rollout-engine', ''))) return undefined
  return new RegExp(parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*?'))
}
