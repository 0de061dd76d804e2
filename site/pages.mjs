// Copies docs/ to .pages/, where VitePress reads it. Links to files that are not pages lead to the repository, whose address
// only its workflow knows (REPOSITORY_URL); without it they become plain text.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const site = dirname(fileURLToPath(import.meta.url))
const root = resolve(site, '..')
const docs = join(root, 'docs')
const pages = join(site, '.pages')
const repository = process.env.REPOSITORY_URL

rmSync(pages, { recursive: true, force: true })
cpSync(docs, pages, { recursive: true })
mkdirSync(join(pages, 'public'), { recursive: true })

for (const name of readdirSync(docs, { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('.md')) continue
  const text = readFileSync(join(docs, name), 'utf8')
  writeFileSync(join(pages, name), outsideCode(text, (prose) => withOutsideLinks(name, prose)))
}

/** Changes a text, but no fenced block. */
function outsideCode(text, change) {
  const parts = text.split(/^([ \t]*(?:`{3,}|~{3,})[\s\S]*?^[ \t]*(?:`{3,}|~{3,})[ \t]*$)/m)
  return parts.map((part, i) => (i % 2 === 0 ? change(part) : part)).join('')
}

function withOutsideLinks(page, prose) {
  return prose.replace(/\[([^\]]*)\]\((?![a-z]+:|#)([^)\s]+)\)/g, (link, words, to) => {
    const target = join(docs, dirname(page), to.split('#')[0])
    if (!relative(docs, target).startsWith('..') && /\.md$|\.svg$/.test(target)) return link
    return repository === undefined ? words : `[${words}](${repository}/blob/main/${relative(root, target)})`
  })
}
