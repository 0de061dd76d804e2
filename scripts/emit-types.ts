import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { declarations, forRequire } from './declarations'

// A part of `npm run build`: the types, for `import` and for `require`. `tsx scripts/emit-types.ts DIST` for another folder.

const dist = resolve(process.argv[2] ?? 'dist')

/** Editors go from a declaration to its source, which the package has beside dist/. */
const mapTo = (path: string, text: string): string => {
  const map = JSON.parse(text) as { file: string; sources: readonly string[] }
  const source = path.replace(/\.d\.ts\.map$/, '.ts')
  const sources = [relative(dirname(join('dist', path)), join('src', source))]
  return JSON.stringify({ ...map, sources })
}

for (const [path, text] of declarations()) {
  const file = join(dist, path)
  mkdirSync(dirname(file), { recursive: true })
  if (path.endsWith('.map')) {
    const map = mapTo(path, text)
    writeFileSync(file, map)
    writeFileSync(file.replace(/\.d\.ts\.map$/, '.d.cts.map'), map.replace(/\.d\.ts"/, '.d.cts"'))
  } else {
    writeFileSync(file, text)
    writeFileSync(file.replace(/\.d\.ts$/, '.d.cts'), forRequire(text))
  }
}
