import { fromBytes, toBytes } from './bytes'
import { quote, quoteTime } from './quote'

/** A text as Go prints it with `%q`. A lone surrogate counts as U+FFFD. */
export const goQuote = (text: string): string => fromBytes(quote(toBytes(text)))

/** What `%q` prints between the quotes. */
export const goEscape = (text: string): string => goQuote(text).slice(1, -1)

/** The quotes of Go's package `time` in its errors: what is not printable ASCII is shown byte for byte. */
export const goQuoteTime = (text: string): string => quoteTime(toBytes(text))
