/** Texts of a measurement are kept in the status of an object, and the API server takes objects of 1.5 MB at most. */
export const longestText = 16_384

/** The part of a text that is searched for secrets: the rest is cut off and never shown. */
const longestWorkedOn = 4 * longestText

/** Cuts off the end of a very long text: a body, a URL. `work`: enough of it for the search before. */
export function shortened(text: string, use: 'show' | 'work' = 'show'): string {
  const most = use === 'work' ? longestWorkedOn : longestText
  if (text.length <= most) return text
  return use === 'work' ? text.slice(0, most) : `${text.slice(0, most)}… (cut off)`
}
