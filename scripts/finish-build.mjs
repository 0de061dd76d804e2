// The end of `npm run build`: CommonJS and the JSON Schemas. `node scripts/finish-build.mjs DIST` for another folder.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { transformSync } from 'esbuild'

const dist = resolve(process.argv[2] ?? 'dist')

// esbuild shares chunks between entries in ES modules only. Each of them, rewritten on its own, gives the same chunks
// to `require`; its source map leads on to the sources. The command is an ES module and needs no second form.
const modules = readdirSync(dist, { recursive: true })
  .map(String)
  .filter((path) => path.endsWith('.js') && !path.startsWith('cli'))

for (const path of modules) {
  const file = join(dist, path)
  const map = readFileSync(`${file}.map`).toString('base64')
  const source = readFileSync(file, 'utf8').replace(
    /\/\/# sourceMappingURL=\S+\s*$/,
    `//# sourceMappingURL=data:application/json;base64,${map}`,
  )
  const made = transformSync(source, {
    format: 'cjs',
    platform: 'node',
    target: 'es2022',
    sourcefile: path,
    sourcemap: 'external',
    sourcesContent: false,
  })
  const name = path.replace(/\.js$/, '.cjs')
  const code = made.code.replace(/\brequire\("(\.[^"]*)\.js"\)/g, 'require("$1.cjs")')
  writeFileSync(join(dist, name), `${code}//# sourceMappingURL=${name.split(/[\\/]/).at(-1)}.map\n`)
  writeFileSync(join(dist, `${name}.map`), made.map)
}

const load = (path) => import(pathToFileURL(join(dist, path)).href)
const { jsonSchemaOf, manifestSchema, modelKinds } = await load('input/index.js')
const { simulationSchema } = await load('scenario/index.js')

mkdirSync(join(dist, 'schemas'), { recursive: true })
const schemas = { Simulation: simulationSchema(), manifest: manifestSchema() }
for (const kind of modelKinds) schemas[kind] = jsonSchemaOf(kind)
for (const [name, schema] of Object.entries(schemas))
  writeFileSync(join(dist, 'schemas', `${name}.json`), `${JSON.stringify(schema, undefined, 1)}\n`)
