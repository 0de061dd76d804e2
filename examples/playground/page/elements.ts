// The elements of the page, and a few ways to fill them. Texts of manifests are only ever texts here, never markup.

type Constructor<T> = abstract new () => T

/** The element with an id, which index.html has. */
export function byId<T extends HTMLElement>(id: string, type: Constructor<T>): T {
  const found = document.getElementById(id)
  if (!(found instanceof type)) throw new Error(`the page has no ${id}`)
  return found
}

/** Adds an element with a text. */
export function add<K extends keyof HTMLElementTagNameMap>(
  parent: HTMLElement,
  name: K,
  text?: string,
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name)
  if (text !== undefined) element.textContent = text
  parent.append(element)
  return element
}

/** Shows a text, or hides its element where there is none. A screen reader reads it anew only if it differs. */
export function say(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text
  element.hidden = text === ''
}

/** Adds a choice to a `<select>`. */
export function addChoice(select: HTMLSelectElement, value: string, label: string): void {
  add(select, 'option', label).value = value
}
