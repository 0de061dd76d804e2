const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Characters that XML 1.0 does not have; a file with one of them is not shown at all. */
const forbidden = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu

/** A text that is safe inside an element or an attribute of XML and HTML. */
export const escapeXml = (text: string): string =>
  text.replace(forbidden, '\ufffd').replace(/[&<>"']/g, (character) => entities[character] ?? '')

/** Attributes by name; numbers are rounded to a tenth. */
export type Attributes = Readonly<Record<string, string | number | undefined>>

/** An element: `element('rect', { x: 1 }, [])`. Children are XML already. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === 'number' ? rounded(value) : escapeXml(value)}"`],
  )
  const start = `<${name}${written.join('')}`
  return children.length === 0 ? `${start}/>` : `${start}>${children.join('')}</${name}>`
}

/** An element with a text in it. */
export const textElement = (attributes: Attributes, text: string): string =>
  element('text', attributes, [escapeXml(text)])

export const rounded = (value: number): string => String(Math.round(value * 10) / 10)
