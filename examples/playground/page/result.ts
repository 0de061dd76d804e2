import type { Answer, PlacedIssue, Table } from '../engine/messages'
import { add, byId, say } from './elements'

// What becomes of it: issues, the picture, tables.

export function showAnswer({ issues, shown, commandLine }: Answer, goTo: (line: number) => void): void {
  showIssues(issues, goTo)
  byId('commandLine', HTMLPreElement).textContent = commandLine
  const picture = byId('picture', HTMLDivElement)
  const isFormer = shown === undefined && picture.childElementCount > 0
  picture.classList.toggle('former', isFormer)
  byId('former', HTMLParagraphElement).hidden = !isFormer
  if (!shown) {
    say(byId('ending', HTMLParagraphElement), 'It cannot be simulated as it is.')
    return
  }
  const svg = new DOMParser().parseFromString(shown.picture, 'image/svg+xml').documentElement
  picture.replaceChildren(document.importNode(svg, true))
  say(byId('ending', HTMLParagraphElement), `${svg.querySelector('title')?.textContent ?? ''}.`)
  showTable(byId('states', HTMLDivElement), 'States', shown.states)
  showTable(byId('events', HTMLDivElement), 'Events', shown.events)
}

function showIssues(issues: readonly PlacedIssue[], goTo: (line: number) => void): void {
  const place = byId('issues', HTMLDivElement)
  place.replaceChildren()
  if (issues.length === 0) return
  const list = add(place, 'ul')
  list.setAttribute('aria-label', 'Issues')
  for (const { line, where, text, isError } of issues) {
    const item = add(list, 'li')
    add(item, 'strong', isError ? 'Error ' : 'Note ')
    if (line !== undefined) {
      const button = add(item, 'button', `line ${line}`)
      button.type = 'button'
      button.addEventListener('click', () => goTo(line))
    }
    add(item, 'span', ` ${where === '' ? '' : `${where}: `}${text}`)
  }
}

function showTable(place: HTMLElement, name: string, { headings, rows, leftOut }: Table): void {
  place.replaceChildren()
  const table = add(place, 'table')
  const more = leftOut === 0 ? '' : `; ${leftOut} more are left out`
  add(table, 'caption', `${name}: ${rows.length}${more}`)
  const head = add(add(table, 'thead'), 'tr')
  for (const heading of headings) add(head, 'th', heading).scope = 'col'
  const body = add(table, 'tbody')
  for (const row of rows) {
    const line = add(body, 'tr')
    for (const cell of row) add(line, 'td', cell)
  }
}
