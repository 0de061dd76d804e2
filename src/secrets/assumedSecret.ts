/**
 * The value of a secret that nobody gave. It is masked like any other, also in parts, so it is made of characters that
 * stand together in no other text.
 */
export const assumedSecret = 'assumed~secret~value'
