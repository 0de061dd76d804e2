// What bounds most loops.

/** Each round reads a character, token or item of a text or list that is there, or ends. */
export const ahead = 'moves ahead in what was read'
/** The same from the end. */
export const back = 'moves back in what was read'
/** A list of what is still to do: what is put on it is part of the input, once. */
export const taken = 'takes away what is open'
export const halves = 'halves what is left'
export const width = 'the width of a text that is there'
export const digits = 'the exponent of a double: 324 digits'
export const months = 'twelve months'
export const fixed = 'a constant'
