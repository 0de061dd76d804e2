import { editYaml } from '../input/editYaml'
import { givenText } from '../model/given'
import type { LintFinding, LintOptions } from './finding'
import { lintManifests } from './lint'
import { takeFiles } from './wellFormed'

/** Texts by path after their mending. */
export interface FixedFiles {
  readonly files: Readonly<Record<string, string>>
  /** What was repaired, in order. */
  readonly fixed: readonly LintFinding[]
}

/** A fix may bring up another finding; nobody needs so many. */
const mostFixes = 200

/** Characters that are read in all: every fix reads everything again. */
const mostCharacters = 20_000_000

/**
 * Repairs what can be repaired without asking: every finding with a fix, one after the other, each looked for anew in
 * the text that the one before left. All else in the texts stays as it is, comments and order too. What cannot be
 * changed safely is left.
 *
 * @example
 * import { applyFixes } from 'rollout-engine/lint'
 * const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector:\n    app: web # ours\n    rollouts-pod-template-hash: 5d4f\n'
 * applyFixes({ 'a.yaml': service }).files['a.yaml']?.split('\n').slice(4) // => ['  selector:', '    app: web # ours', '']
 */
export function applyFixes(files: Readonly<Record<string, string>>, options: LintOptions = {}): FixedFiles {
  const texts: Record<string, string> = { ...takeFiles(files) }
  const characters = Object.values(texts).reduce((sum, text) => sum + givenText(text).length, 0)
  const fixed: LintFinding[] = []
  const left = new Set<string>()
  for (let round = 0; round < mostFixes && round * characters <= mostCharacters; round++) {
    const next = lintManifests(texts, options).find((finding) => finding.fix && !left.has(keyOf(finding)))
    if (!next?.fix) break
    const text = editYaml(texts[next.file] ?? '', next.fix)
    if (text === undefined) left.add(keyOf(next))
    else {
      texts[next.file] = text
      fixed.push(next)
    }
  }
  return { files: texts, fixed }
}

const keyOf = ({ rule, file, path, line }: LintFinding): string => JSON.stringify([rule, file, path, line])
