/**
 * What moves on the page. It reads the data beside it and writes texts only (`textContent`), so nothing that a manifest
 * says becomes markup. Without it the page still has the picture and its tables.
 */
export const reportScript = `(() => {
'use strict'
const data = JSON.parse(document.getElementById('data').textContent)
const by = (id) => document.getElementById(id)
const slider = by('slider'), moments = data.moments
let current = 0
const put = (parent, name, text) => {
  const node = document.createElement(name)
  if (text !== undefined) node.textContent = text
  parent.append(node)
  return node
}
const list = (id, items, none) => {
  by(id).replaceChildren()
  if (items.length === 0) put(by(id), 'p', none).className = 'soft'
  else { const all = put(by(id), 'ul'); for (const item of items) put(all, 'li', item) }
}
const at = (second) => {
  let found = 0
  moments.forEach((moment, index) => { if (moment.at <= second) found = index })
  return found
}
const version = (object, index) => {
  let text = null
  for (const [from, one] of object.versions) if (from <= index) text = one
  return text
}
const differences = (moment) => {
  const place = by('differences')
  place.replaceChildren()
  if (moment.differences.length === 0) { put(place, 'p', 'nothing changed').className = 'soft'; return }
  const table = put(place, 'table')
  put(table, 'caption', moment.leftOut > 0 ? 'and ' + moment.leftOut + ' more' : moment.differences.length + ' fields')
  const head = put(put(table, 'thead'), 'tr')
  for (const text of ['object', 'field', 'before', 'after']) put(head, 'th', text).scope = 'col'
  const body = put(table, 'tbody')
  for (const row of moment.differences) {
    const line = put(body, 'tr')
    row.forEach((text, column) => { const cell = put(line, column === 0 ? 'th' : 'td', text); if (column === 0) cell.scope = 'row' })
  }
}
const resources = (index) => {
  const place = by('resources')
  place.replaceChildren()
  const there = data.resources.filter((one) => version(one, index) !== null)
  if (there.length === 0) put(place, 'p', 'none that the files gave').className = 'soft'
  for (const one of there) {
    const box = put(place, 'details')
    box.open = there.length <= 2
    put(box, 'summary', one.name)
    const text = put(box, 'pre', version(one, index))
    text.tabIndex = 0
  }
}
const objects = (index) => {
  const chosen = by('object').value
  const there = data.objects.map((one, number) => [one, number]).filter(([one]) => version(one, index) !== null)
  by('object').replaceChildren()
  for (const [one, number] of there) { const option = put(by('object'), 'option', one.name); option.value = String(number) }
  if (there.some(([, number]) => String(number) === chosen)) by('object').value = chosen
  const shown = data.objects[Number(by('object').value)]
  by('text').textContent = shown === undefined ? '' : version(shown, index)
}
const show = (second) => {
  const time = Math.min(Math.max(0, second), data.end)
  const index = at(time)
  const moment = moments[index]
  if (moment === undefined) return
  current = index
  slider.value = String(time)
  const words = moment.clock + ', ' + (moment.phase || 'no phase')
  slider.setAttribute('aria-valuetext', words)
  by('clock').textContent = moment.clock
  by('phase').textContent = (data.signs[moment.phase] || '\\u00b7') + ' ' + (moment.phase || 'no phase')
  by('message').textContent = moment.message
  by('previous').disabled = index === 0
  by('next').disabled = index === moments.length - 1
  by('cursor').style.left = (data.left + (time / data.end) * data.width) + '%'
  list('happens', moment.happens, 'nothing that is reported')
  list('waits', moment.waits, 'nothing: it is where it should be, or gone')
  differences(moment)
  resources(index)
  objects(index)
}
const step = (by) => { const next = moments[current + by]; if (next) show(next.at) }
slider.addEventListener('input', () => show(Number(slider.value)))
by('previous').addEventListener('click', () => step(-1))
by('next').addEventListener('click', () => step(1))
by('object').addEventListener('change', () => objects(current))
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === 'SELECT') return
  if (event.key === 'n') step(1)
  if (event.key === 'p') step(-1)
})
const folded = () => [...document.querySelectorAll('details')]
let opened = []
addEventListener('beforeprint', () => { opened = folded().filter((one) => !one.open); for (const one of opened) one.open = true })
addEventListener('afterprint', () => { for (const one of opened) one.open = false })
by('interactive').hidden = false
show(0)
})()`
