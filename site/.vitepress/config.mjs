import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'

const site = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** The side bar is the table of contents: its headings, and the links below them. */
function sideBar() {
  const [, ...sections] = readFileSync(resolve(site, '../docs/README.md'), 'utf8').split(/^## /m)
  return [
    ...sections.map((section) => ({
      text: section.split('\n')[0],
      items: [...section.matchAll(/^- \[([^\]]+)\]\(([^)]+)\.md\)/gm)].map(([, text, page]) => ({
        text,
        link: `/${page}`.replace(/README$/, ''),
      })),
    })),
    { text: 'Names with their doc comments', link: '/reference/names/overview' },
  ]
}

/** VitePress makes Vue of a page. Braces and tags of ours are text, except for the few tags of HTML that pages have. */
function asText(md) {
  const { rules } = md.renderer
  const { escapeHtml } = md.utils
  const escaped = (tokens, at) => escapeHtml(tokens[at].content)
  const html = (tokens, at) =>
    /^(?:<\/?(?:br|img|kbd|picture|source)\b|<a id=|<\/a>|&ZeroWidthSpace;)/.test(tokens[at].content.trim()) ? tokens[at].content : escaped(tokens, at)
  rules.code_inline = (tokens, at) => `<code v-pre>${escaped(tokens, at)}</code>`
  rules.text = (tokens, at) => escaped(tokens, at).replaceAll('{{', '<span v-pre>{{</span>')
  rules.html_inline = html
  rules.html_block = html
}

export default defineConfig({
  title: 'rollout-engine',
  description: "Argo Rollouts' decision making as a pure library",
  base: process.env.SITE_BASE ?? '/',
  srcDir: '.pages',
  rewrites: (page) => page.replace(/(^|\/)README\.md$/, '$1index.md'),
  lastUpdated: false,
  // Dead links fail the build.
  ignoreDeadLinks: false,
  markdown: {
    languageAlias: { console: 'shellsession' },
    // `{…}` at the end of a line is text.
    attrs: { disable: true },
    config: asText,
  },
  themeConfig: { sidebar: sideBar(), search: { provider: 'local' }, outline: [2, 3] },
})
