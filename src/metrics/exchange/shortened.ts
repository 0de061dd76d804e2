/** Texts of a measurement are kept in the status of an object, and the API server takes objects of 1.5 MB at most. */
export const longestText = 16_384

/** Secrets are looked for in so much of a text: what is cut off behind cannot be shown. */
const longestWorkedOn = 4 * longestText

/**
 * A text without its end where it is longer than anybody reads: a body, a URL. `work`: enough of it for what comes
 * before.
 */
export function shortened(text: string, use: 'show' | 'work' = 'show'): string {
  const most = use === 'work' ? longestWorkedOn : longestText
  if (text.length <= most) return text
  return use === 'work' ? text.slice(0, most) : `${text.slice(0, most)}… (cut off)`
}
