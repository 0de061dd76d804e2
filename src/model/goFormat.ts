const verb = /%[#0+\- ]*(?:\[\d+\])?(\*|\d+)?(?:\.(\*|\d+)?)?(?:\[\d+\])?(.)?/gsu

/**
 * A text as Go's fmt.Sprintf gives it back when it is the format and has no arguments: the controller passes some ready
 * messages so, and a `%` in them is misread (behaviour 9.1).
 *
 * @example formatWithoutArguments('100%') // '100%!(NOVERB)'
 */
export function formatWithoutArguments(text: string): string {
  if (!text.includes('%')) return text
  return text.replace(verb, (directive: string, width?: string, precision?: string, letter?: string) => {
    const bad = `${width === '*' ? '%!(BADWIDTH)' : ''}${precision === '*' ? '%!(BADPREC)' : ''}`
    if (letter === undefined) return `${bad}%!(NOVERB)`
    if (letter === '%') return `${bad}%`
    return `${bad}%!${letter}(${directive.includes('[') && letter !== '[' ? 'BADINDEX' : 'MISSING'})`
  })
}
