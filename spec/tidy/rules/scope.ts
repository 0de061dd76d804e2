import ts from 'typescript'

/** Whether a scope between the node and its module declares the name, so that it is not the module's. */
export function isDeclaredBetween(node: ts.Node, name: string): boolean {
  const scope = ts.findAncestor(node, (around) => !ts.isSourceFile(around) && namesDeclaredBy(around).includes(name))
  return scope !== undefined
}

function namesDeclaredBy(scope: ts.Node): string[] {
  if (ts.isFunctionLike(scope)) return scope.parameters.flatMap(({ name }) => boundNames(name))
  if (ts.isBlock(scope)) return scope.statements.flatMap(declaredNames)
  if (ts.isCaseBlock(scope)) return scope.clauses.flatMap((clause) => clause.statements.flatMap(declaredNames))
  if (ts.isCatchClause(scope)) return scope.variableDeclaration ? boundNames(scope.variableDeclaration.name) : []
  if (ts.isForStatement(scope) || ts.isForOfStatement(scope) || ts.isForInStatement(scope)) {
    const { initializer } = scope
    return initializer && ts.isVariableDeclarationList(initializer) ? listedNames(initializer) : []
  }
  return []
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) return listedNames(statement.declarationList)
  return ts.isFunctionDeclaration(statement) && statement.name ? [statement.name.text] : []
}

const listedNames = (list: ts.VariableDeclarationList): string[] =>
  list.declarations.flatMap(({ name }) => boundNames(name))

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text]
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []))
}
