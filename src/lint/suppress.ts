import { lineFinder } from '../input/places'
import { givenText } from '../model/given'

/** Rules that comments turn off: `*` for all of them. */
export interface Suppressed {
  readonly isOff: (rule: string, line: number) => boolean
}

const mark = /#\s*rollout-engine:\s*ignore(-file)?\b[ \t]*([\w,* \t-]*)/g

/**
 * What comments of a text turn off: `# rollout-engine: ignore RULE` on the line of the finding or the line above, `#
 * rollout-engine: ignore-file RULE` anywhere for the whole file. Several rules are separated by commas; without any all
 * are meant.
 */
export function suppressedBy(given: string): Suppressed {
  const text = givenText(given)
  const lineOf = lineFinder(text)
  const [lines, file] = [new Map<number, Set<string>>(), new Set<string>()]
  for (const { 1: isFile, 2: listed = '', index } of text.matchAll(mark)) {
    const named = listed.split(',').flatMap((one) => one.trim().split(/\s+/)[0] || [])
    const rules = named.length === 0 ? ['*'] : named
    const line = lineOf(index)
    const own = lines.get(line) ?? new Set<string>()
    for (const rule of rules) (isFile === undefined ? own : file).add(rule)
    lines.set(line, own)
  }
  const has = (rules: ReadonlySet<string> | undefined, rule: string): boolean =>
    rules !== undefined && (rules.has('*') || rules.has(rule))
  return { isOff: (rule, line) => has(file, rule) || has(lines.get(line), rule) || has(lines.get(line - 1), rule) }
}
