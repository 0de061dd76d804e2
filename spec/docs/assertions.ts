import ts from 'typescript'

/**
 * Turns `expression // => value` into an assertion that the expression has the value, on the same line. The comment may
 * stand on the next line, and go on over more lines of comment. `console.log(x) // => value` asserts x, and
 * `const x = f() // => value` as well.
 */
export function withAssertions(code: string): string {
  const source = ts.createSourceFile('snippet.ts', code, ts.ScriptTarget.ES2022, true)
  let asserted = code
  for (const statement of [...source.statements].reverse()) {
    const comment = /^;?[ \t]*\n?[ \t]*\/\/ ?=>(.*(?:\n[ \t]*\/\/.*)*)/.exec(code.slice(statement.end))
    if (!comment) continue
    const actual = assertedNode(statement)
    if (!actual) throw new Error(`// => stands after something that has no value: ${statement.getText()}`)
    const text = code.slice(actual.getStart(), actual.end)
    asserted = `${asserted.slice(0, actual.getStart())}expectValue(${text}, (${expectedOf(comment[1]!)}))${asserted.slice(actual.end)}`
  }
  const written = code.match(/^(?!\s*\*).*\/\/ ?=>/gm)?.length ?? 0
  const made = asserted.split('expectValue(').length - code.split('expectValue(').length
  if (made !== written) throw new Error(`${written} times // => but ${made} statements in front of them`)
  return asserted
}

/** The expression whose value is asserted. */
function assertedNode(statement: ts.Statement): ts.Expression | undefined {
  if (ts.isVariableStatement(statement)) {
    const { declarations } = statement.declarationList
    return declarations.length === 1 ? declarations[0]!.initializer : undefined
  }
  if (!ts.isExpressionStatement(statement)) return undefined
  const { expression } = statement
  const isPrinted = ts.isCallExpression(expression) && expression.expression.getText() === 'console.log'
  return isPrinted && expression.arguments.length === 1 ? expression.arguments[0] : expression
}

/** As many lines of the comment as make an expression. */
function expectedOf(comment: string): string {
  const lines = comment.split('\n').map((line) => line.replace(/^[ \t]*\/\//, '').trim())
  for (let count = 1; count <= lines.length; count++) {
    const text = lines.slice(0, count).join(' ').trim()
    if (isExpression(text)) return text
  }
  throw new Error(`// => is not followed by an expression: ${lines[0]}`)
}

function isExpression(text: string): boolean {
  const { diagnostics } = ts.transpileModule(`(${text})`, { reportDiagnostics: true })
  return text !== '' && (diagnostics ?? []).length === 0
}
