import ts from 'typescript'
import { typescriptBlocks } from './markdown'

/** The code of one `@example` in the doc comments of what an entry publishes. */
export interface Example {
  /** Published name whose doc comment it is in. */
  readonly name: string
  readonly file: string
  /** Line of the tag, from 1. */
  readonly line: number
  readonly code: string
}

/** The names that an entry publishes; `type` where it is no value. */
export type PublishedNames = ReadonlyMap<string, 'type' | 'value'>

export interface Entry {
  readonly names: PublishedNames
  readonly examples: readonly Example[]
  /** Names without a doc comment. */
  readonly undocumented: readonly string[]
  /** Functions and other values whose doc comment has no example. */
  readonly withoutExample: readonly string[]
}

/** Names and examples of an entry: one file of the program. */
export function entryOf(program: ts.Program, path: string): Entry {
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(path)
  const module = source && checker.getSymbolAtLocation(source)
  const names = new Map<string, 'type' | 'value'>()
  const examples: Example[] = []
  const undocumented: string[] = []
  const withoutExample: string[] = []
  for (const exported of module ? checker.getExportsOfModule(module) : []) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
    names.set(exported.name, symbol.flags & ts.SymbolFlags.Value ? 'value' : 'type')
    const found = [...exampleTags(symbol)].flatMap((tag) => codesOf(tag, exported.name))
    examples.push(...found)
    if (symbol.getDocumentationComment(checker).length === 0) undocumented.push(exported.name)
    if (symbol.flags & ts.SymbolFlags.Value && found.length === 0) withoutExample.push(exported.name)
  }
  return { names, examples, undocumented, withoutExample }
}

/** Tags of the declarations and of their members. */
function exampleTags(symbol: ts.Symbol): ReadonlySet<ts.JSDocTag> {
  const tags = new Set<ts.JSDocTag>()
  const visit = (node: ts.Node): void => {
    for (const tag of ts.getJSDocTags(node)) if (tag.tagName.text === 'example') tags.add(tag)
    ts.forEachChild(node, visit)
  }
  for (const declaration of symbol.declarations ?? []) visit(declaration)
  return tags
}

/** Either fenced code with prose around it, or nothing but code. */
function codesOf(tag: ts.JSDocTag, name: string): Example[] {
  const source = tag.getSourceFile()
  const line = source.getLineAndCharacterOfPosition(tag.getStart()).line + 1
  const text = ts.getTextOfJSDocComment(tag.comment) ?? ''
  const codes = text.includes('```') ? typescriptBlocks(text).map((block) => block.code) : [text]
  return codes.map((code) => ({ name, file: source.fileName, line, code }))
}

/** An import of what the code uses of the entry without importing it, on one line. */
export function missingImports(code: string, names: PublishedNames, specifier: string): string {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true)
  const used = new Set<string>()
  const declared = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const { parent } = node
      const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node
      const isDeclared = ts.isBindingElement(parent) || ts.isVariableDeclaration(parent) || ts.isImportSpecifier(parent)
      if (isDeclared && parent.name === node) declared.add(node.text)
      else if (!isMember) used.add(node.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  const missing = [...names].filter(([name]) => used.has(name) && !declared.has(name))
  if (missing.length === 0) return ''
  return `import { ${missing.map(([name, kind]) => (kind === 'type' ? `type ${name}` : name)).join(', ')} } from '${specifier}'; `
}
