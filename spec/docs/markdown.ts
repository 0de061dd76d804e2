/** A fenced block of a markdown text. */
export interface Fence {
  /** First word after the fence, `''` if there is none. */
  readonly language: string
  readonly code: string
  /** Line of the first line of code, from 1. */
  readonly line: number
}

/** A block of TypeScript, and what it has to print, if the text says so. */
export interface Block extends Fence {
  readonly output?: string
}

interface Heading {
  readonly heading: true
}

const opening = /^([ \t]*)(`{3,}|~{3,})[ \t]*([^\s`]*)[^`]*$/

/** The ```ts blocks of a markdown text. The ```text block that comes next, under the same heading, is the output. */
export function typescriptBlocks(markdown: string): Block[] {
  const parts = partsOf(markdown)
  return parts.flatMap((part, i) => {
    if ('heading' in part || part.language !== 'ts') return []
    const next = parts[i + 1]
    return [next && !('heading' in next) && next.language === 'text' ? { ...part, output: next.code } : part]
  })
}

function partsOf(markdown: string): (Fence | Heading)[] {
  const lines = markdown.split(/\r?\n/)
  const parts: (Fence | Heading)[] = []
  for (let i = 0; i < lines.length; i++) {
    const opened = opening.exec(lines[i]!)
    if (!opened) {
      if (/^#{1,6}\s/.test(lines[i]!)) parts.push({ heading: true })
      continue
    }
    const [, indent, marks, language] = opened as unknown as [string, string, string, string]
    const first = i + 1
    i = closingLine(lines, first, marks)
    const code = lines
      .slice(first, i)
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()))
    parts.push({ language, code: code.join('\n'), line: first + 1 })
  }
  return parts
}

/** Index of the line that closes a fence; an open one ends with the text. */
function closingLine(lines: readonly string[], from: number, marks: string): number {
  const closes = (line: string): boolean => {
    const text = line.trim()
    return text.length >= marks.length && text === marks[0]!.repeat(text.length)
  }
  const found = lines.findIndex((line, i) => i >= from && closes(line))
  return found < 0 ? lines.length : found
}

/** Where the links and pictures of a markdown text lead, without those in code. */
export function linksOf(markdown: string): string[] {
  const text = outsideCode(markdown)
  const written = [...text.matchAll(/\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)/g)].map(([, link = '']) => link)
  const tags = [...text.matchAll(/\b(?:src|srcset|href)="([^"]+)"/g)].map(([, link = '']) => link)
  return [...written, ...tags]
}

/** The fragments to which links may lead: headings as GitHub names them, and anchors. */
export function slugsOf(markdown: string): string[] {
  const prose = markdown.replace(fenced, '')
  const headings = [...prose.matchAll(/^#{1,6}\s+(.*?)\s*$/gm)].map(([, title = '']) => slugOf(title))
  const numbered = headings.map((slug, i) => {
    const before = headings.slice(0, i).filter((one) => one === slug).length
    return before === 0 ? slug : `${slug}-${before}`
  })
  return [...numbered, ...[...prose.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)]
}

const fenced = /^[ \t]*(`{3,}|~{3,})[\s\S]*?^[ \t]*\1[ \t]*$/gm

/** A text without fenced blocks and code in back ticks. */
export const outsideCode = (markdown: string): string => markdown.replace(fenced, '').replace(/(`+)[^`][\s\S]*?\1/g, '')

const slugOf = (title: string): string =>
  title
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')
