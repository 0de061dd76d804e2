import { byId } from './elements'

// The text of the manifests, with its line numbers.

export interface Editor {
  readonly mark: (lines: ReadonlySet<number>) => void
  /** Puts the caret at the start of a line. */
  readonly goTo: (line: number) => void
}

export function createEditor(): Editor {
  const area = byId('manifests', HTMLTextAreaElement)
  const gutter = byId('lines', HTMLPreElement)
  let marked: ReadonlySet<number> = new Set()
  const number = (): void => {
    const count = area.value.split('\n').length
    gutter.textContent = Array.from({ length: count }, (_, at) => `${marked.has(at + 1) ? '!' : ''}${at + 1}`).join(
      '\n',
    )
    gutter.scrollTop = area.scrollTop
  }
  area.addEventListener('scroll', () => {
    gutter.scrollTop = area.scrollTop
  })
  return {
    mark: (lines) => {
      marked = lines
      number()
    },
    goTo: (line) => {
      const before = area.value.split('\n').slice(0, line - 1)
      const at = before.reduce((sum, text) => sum + text.length + 1, 0)
      area.focus()
      area.setSelectionRange(at, at)
      area.scrollTop = Math.max(0, (line - 4) * (area.scrollHeight / (area.value.split('\n').length + 1)))
    },
  }
}
