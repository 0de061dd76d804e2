import { expect, test } from 'vitest'
import { formatWithoutArguments } from '../../src/go/goFormat'

test.for([
  ['nothing to see', 'nothing to see'],
  ['100%', '100%!(NOVERB)'],
  ['50%% done', '50% done'],
  ['rate=%d of %s', 'rate=%!d(MISSING) of %!s(MISSING)'],
  ['q=a%20b%2Cc', 'q=a%!b(MISSING)%!C(MISSING)c'],
  ['%-08.3f|', '%!f(MISSING)|'],
  ['%[1]d', '%!d(BADINDEX)'],
  ['%*d', '%!(BADWIDTH)%!d(MISSING)'],
  ['%é', '%!é(MISSING)'],
  ['%! ', '%!!(MISSING) '],
])('%j prints as %j', ([text, printed]) => {
  expect(formatWithoutArguments(text!)).toBe(printed)
})
