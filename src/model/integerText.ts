const integer = /^[+-]?\d+$/

/** The number of a text that is a whole number in decimal digits; undefined for other texts. */
export const integerOf = (text: string): number | undefined => (integer.test(text) ? Number(text) : undefined)
