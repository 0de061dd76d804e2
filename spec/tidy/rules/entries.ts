import ts from 'typescript'
import { entryFiles } from '../house'
import { type Found, hasModifier, type ParsedFile, type Project, type Rule } from '../rule'
import { targetOf } from './imports'

/** Inside a folder a barrel costs the reader a hop and the bundler its knowledge; only what is published has one. */
export const noBarrels: Rule = {
  name: 'no barrels',
  appliesTo: (path) => /^src\/.*\//.test(path) && !entryFiles.includes(path),
  *check(file) {
    const { statements } = file.source
    const reexports = statements.length > 0 && statements.every((one) => ts.isExportDeclaration(one))
    if (/\/index\.ts$/.test(file.path)) yield { node: file.source, message: 'index.ts is for published entries only' }
    else if (reexports) yield { node: file.source, message: 'a file of re-exports only' }
  },
}

/** Who calls a published function reads its doc comment first. */
export const documentedEntries: Rule = {
  name: 'documented entries',
  appliesTo: (path) => entryFiles.includes(path),
  *check(file, project): Generator<Found> {
    for (const statement of file.source.statements) {
      if (ts.isExportDeclaration(statement)) yield* undocumentedReexports(file, statement, project)
      else if (hasModifier(statement, ts.SyntaxKind.ExportKeyword) && isUndocumentedFunction(statement))
        yield { node: statement, message: 'a published function without doc comment' }
    }
  },
}

function* undocumentedReexports(file: ParsedFile, node: ts.ExportDeclaration, project: Project): Generator<Found> {
  if (!node.exportClause || !ts.isNamedExports(node.exportClause)) {
    yield { node, message: 'a published entry names what it exports' }
    return
  }
  for (const element of node.exportClause.elements) {
    const name = (element.propertyName ?? element.name).text
    const declared = declarationOf(file, name, project, 0)
    if (declared === 'missing') yield { node: element, message: `cannot find the declaration of ${name}` }
    else if (isUndocumentedFunction(declared)) yield { node: element, message: `${name} has no doc comment` }
  }
}

const mostHops = 10

/** The statement that declares what a file calls `name`, through imports and re-exports. */
function declarationOf(file: ParsedFile, name: string, project: Project, hops: number): ts.Statement | 'missing' {
  if (hops > mostHops) return 'missing'
  const { statements } = file.source
  const here = statements.filter((statement) => namesOf(statement).includes(name))
  if (here.length > 0) return here.find((statement) => !isUndocumentedFunction(statement)) ?? here[0]!
  for (const statement of statements) {
    const source = sourceOf(statement, name)
    const target = source && fileOf(targetOf(file.path, source.specifier), project)
    if (target) return declarationOf(target, source.name, project, hops + 1)
  }
  return 'missing'
}

const fileOf = (path: string, project: Project): ParsedFile | undefined =>
  project.get(`${path}.ts`) ?? project.get(`${path}/index.ts`)

function sourceOf(statement: ts.Statement, name: string): { specifier: string; name: string } | undefined {
  const bindings = ts.isImportDeclaration(statement)
    ? statement.importClause?.namedBindings
    : ts.isExportDeclaration(statement)
      ? statement.exportClause
      : undefined
  if (!bindings || !(ts.isNamedImports(bindings) || ts.isNamedExports(bindings))) return undefined
  const { moduleSpecifier } = statement as ts.ImportDeclaration | ts.ExportDeclaration
  const element = bindings.elements.find((one) => one.name.text === name)
  if (!element || !moduleSpecifier || !ts.isStringLiteral(moduleSpecifier)) return undefined
  return { specifier: moduleSpecifier.text, name: (element.propertyName ?? element.name).text }
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []))
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isClassDeclaration(statement)
  return isNamed && statement.name ? [statement.name.text] : []
}

function isUndocumentedFunction(statement: ts.Statement | 'missing'): boolean {
  if (statement === 'missing') return false
  const isFunction =
    ts.isFunctionDeclaration(statement) ||
    (ts.isVariableStatement(statement) &&
      statement.declarationList.declarations.some(
        ({ initializer }) => initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)),
      ))
  return isFunction && !ts.getJSDocCommentsAndTags(statement).some((doc) => doc.getText().replace(/[\s/*]/g, '') !== '')
}
