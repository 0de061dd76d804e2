/** Upstream uses an error's text as a format without arguments; this is what then becomes of its percent signs. */
export function withoutArguments(format: string): string {
  return format.replace(/%[+\-# 0]*[0-9]*(?:\.[0-9]*)?(.?)/gsu, (_, verb: string) => {
    if (verb === '%') return '%'
    return verb === '' ? '%!(NOVERB)' : `%!${verb}(MISSING)`
  })
}
