import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { apiReport } from './apiReport'
import { writeDeclarations } from './declarations'

// `npm run api`: writes docs/reference/api anew, from the types that the package would have.

const root = fileURLToPath(new URL('..', import.meta.url))
const pages = join(root, 'docs/reference/api')
// Inside of the project, so that the types of its dependencies are found.
mkdirSync(join(root, '.cache'), { recursive: true })
const folder = realpathSync(mkdtempSync(join(root, '.cache', 'api-')))
try {
  writeDeclarations(folder)
  const report = apiReport(folder)
  mkdirSync(pages, { recursive: true })
  for (const name of readdirSync(pages)) if (name.endsWith('.api.md') && !report.has(name)) rmSync(join(pages, name))
  for (const [name, text] of report) writeFileSync(join(pages, name), text)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
