import ts from 'typescript'
import { throwers } from '../house'
import { hasModifier, inSrc, inSrcOrSpec, nodeRule, type Rule } from '../rule'

export const noAny = nodeRule('no any', inSrc, (node) =>
  node.kind === ts.SyntaxKind.AnyKeyword ? 'any switches the types off' : undefined,
)

export const noTypeSuppression: Rule = {
  name: 'no type suppression',
  appliesTo: inSrc,
  *check(file) {
    const found = /@ts-(ignore|nocheck|expect-error)/.exec(file.text)
    if (found) yield { node: file.source, message: `${found[0]} switches the types off` }
  },
}

export const noEnums = nodeRule('no enum', inSrc, (node) => {
  if (ts.isEnumDeclaration(node)) return 'write a union of texts'
  return ts.isModuleDeclaration(node) ? 'no namespaces' : undefined
})

export const noDefaultExports = nodeRule('no default export', inSrcOrSpec, (node) => {
  const isDefault =
    ts.isExportAssignment(node) ||
    hasModifier(node, ts.SyntaxKind.DefaultKeyword) ||
    (ts.isExportSpecifier(node) && node.name.text === 'default')
  return isDefault ? 'exports have names' : undefined
})

export const noThrow = nodeRule('no throw', inSrc, (node, { path }) => {
  if (!ts.isThrowStatement(node)) return undefined
  const name = enclosingName(node)
  const allowed = throwers.some((thrower) => thrower.path === path && thrower.name === name)
  return allowed ? undefined : 'errors are data; who throws for a programmer mistake is listed in spec/tidy/house.ts'
})

/** Name of the nearest function around a node. */
function enclosingName(node: ts.Node): string | undefined {
  const enclosing = ts.findAncestor(node, ts.isFunctionLike)
  if (!enclosing) return undefined
  const named = enclosing.name ?? (ts.isVariableDeclaration(enclosing.parent) ? enclosing.parent.name : undefined)
  return named && ts.isIdentifier(named) ? named.text : undefined
}
