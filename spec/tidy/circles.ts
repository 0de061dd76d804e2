import { posix } from 'node:path'
import type { SourceText } from './rule'

const importsOf = ({ path, text }: SourceText): readonly string[] =>
  [...text.matchAll(/(?:from |import |import\()'(\.[^']*)'/g)].map(
    ([, to = '']) => `${posix.join(posix.dirname(path), to)}.ts`,
  )

/** Files that import each other in a circle, types included: each circle as the way along its imports. */
export function circlesOf(files: readonly SourceText[]): readonly (readonly string[])[] {
  const importsOfFile = new Map(files.map((file) => [file.path, importsOf(file)]))
  const done = new Set<string>()
  const circles: (readonly string[])[] = []
  const walk = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path)
    if (at >= 0) circles.push([...trail.slice(at), path])
    if (at >= 0 || done.has(path)) return
    for (const next of importsOfFile.get(path) ?? []) walk(next, [...trail, path])
    done.add(path)
  }
  for (const { path } of files) walk(path, [])
  return circles
}
