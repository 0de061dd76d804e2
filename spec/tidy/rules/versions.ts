import ts from 'typescript'
import { versionNames } from '../house'
import { inSrc, nodeRule } from '../rule'

const isVersion = (text: string): boolean => /^v\d+\.\d+$/.test(text)

const isTable = (path: string): boolean => Object.hasOwn(versionNames, path)

/** A rule of the engine asks a member of a table what its version does, never which version it is. */
export const noVersionNames = nodeRule('versions: names', inSrc, (node, { path }) => {
  if (!ts.isStringLiteralLike(node) || !isVersion(node.text) || isTable(path)) return undefined
  return `${node.text}: what depends on the version is a member of a table; files that name versions are listed in spec/tidy/house.ts`
})

const comparisons: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
])

/** Folders whose rules decide as the controller does. */
const deciding = [
  'analysis',
  'commands',
  'experiment',
  'expr',
  'go',
  'kube',
  'replay',
  'rollout',
  'routers',
  'templates',
]

/** Not even without its name: by its place among the versions, or as the newest release or main. */
export const noVersionQuestions = nodeRule(
  'versions: questions',
  (path) => deciding.some((folder) => path.startsWith(`src/${folder}/`)),
  (node, { path }) => {
    if (isTable(path)) return undefined
    if (ts.isBinaryExpression(node) && comparisons.has(node.operatorToken.kind))
      return [node.left, node.right].some(isKnownVersion) ? 'asks which version it is' : undefined
    if (ts.isCaseClause(node)) return isKnownVersion(node.expression) ? 'asks which version it is' : undefined
    return isPlaceOfVersion(node) ? 'asks for the place of a version' : undefined
  },
)

const isKnownVersion = (node: ts.Expression): boolean =>
  (ts.isStringLiteralLike(node) && (node.text === 'main' || isVersion(node.text))) ||
  (ts.isIdentifier(node) && node.text === 'newestRelease')

/** `controllerVersions.indexOf(version)`. */
const isPlaceOfVersion = (node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node) &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === 'controllerVersions' &&
  /^(indexOf|lastIndexOf|findIndex)$/.test(node.name.text)
