import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { releaseNotes } from './releaseNotes'

// `npm run -s release-notes -- v0.1.0` prints what CHANGELOG.md says about the version. It fails if the tag and package.json
// differ, or if there is nothing to print.

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8')
const { version } = JSON.parse(read('package.json')) as { readonly version: string }
const tag = process.argv[2] ?? version
const notes = releaseNotes(read('CHANGELOG.md'), tag)

if (tag.replace(/^v/, '') !== version) {
  console.error(`the tag is ${tag} and package.json says ${version}: set one of them right`)
  process.exitCode = 1
} else if (notes === undefined) {
  console.error(`CHANGELOG.md has no section "## ${version}": rename "## Unreleased"`)
  process.exitCode = 1
} else console.log(notes)
