import ts from 'typescript'
import { impureFolders } from './house'

/** One file as it is fed to the checker; `path` is relative to the project, with forward slashes. */
export interface SourceText {
  readonly path: string
  readonly text: string
}

export interface ParsedFile extends SourceText {
  readonly source: ts.SourceFile
}

/** All files of a run by path, for the few rules that look further than one file. */
export type Project = ReadonlyMap<string, ParsedFile>

export interface Found {
  readonly node: ts.Node
  /** Offset in the text; absent: the start of the node. */
  readonly position?: number
  readonly message: string
}

export interface Rule {
  readonly name: string
  appliesTo(path: string): boolean
  check(file: ParsedFile, project: Project): Iterable<Found>
}

export interface Finding {
  readonly rule: string
  readonly path: string
  /** From 1. */
  readonly line: number
  readonly message: string
}

export const inSrc = (path: string): boolean => path.startsWith('src/')
export const inSrcOrSpec = (path: string): boolean => inSrc(path) || path.startsWith('spec/')
export const isPure = (path: string): boolean => inSrc(path) && !impureFolders.includes(layerOf(path))

/** `src/model/time.ts` -> `model`, `src/reconcile.ts` -> `reconcile`. */
export const layerOf = (path: string): string => (path.split('/')[1] ?? '').replace(/\.ts$/, '')

export function parse({ path, text }: SourceText): ParsedFile {
  return { path, text, source: ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true) }
}

export function checkSources(sources: readonly SourceText[], rules: readonly Rule[]): Finding[] {
  const files = sources.map(parse)
  const project: Project = new Map(files.map((file) => [file.path, file]))
  return files.flatMap((file) =>
    rules
      .filter((rule) => rule.appliesTo(file.path))
      .flatMap((rule) => [...rule.check(file, project)].map((found) => findingOf(rule, file, found))),
  )
}

function findingOf(rule: Rule, file: ParsedFile, { node, position, message }: Found): Finding {
  const start = position ?? (node.kind === ts.SyntaxKind.SourceFile ? 0 : node.getStart(file.source))
  const line = file.source.getLineAndCharacterOfPosition(start).line + 1
  return { rule: rule.name, path: file.path, line, message }
}

/** Every node of the file, parents first. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node
  const children: ts.Node[] = []
  ts.forEachChild(node, (child) => {
    children.push(child)
  })
  for (const child of children) yield* nodesOf(child)
}

/** A rule that looks at one node at a time: `judge` returns what is wrong with it, if anything. */
export function nodeRule(
  name: string,
  appliesTo: (path: string) => boolean,
  judge: (node: ts.Node, file: ParsedFile) => string | undefined,
): Rule {
  return {
    name,
    appliesTo,
    *check(file) {
      for (const node of nodesOf(file.source)) {
        const message = judge(node, file)
        if (message !== undefined) yield { node, message }
      }
    },
  }
}

export const hasModifier = (node: ts.Node, kind: ts.SyntaxKind): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind)
