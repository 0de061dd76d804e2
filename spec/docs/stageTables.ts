import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { blueGreenStages } from '../../src/rollout/blueGreen'
import { canaryStages } from '../../src/rollout/canary'
import { openingStages } from '../../src/rollout/reconcileRollout'
import type { Stage } from '../../src/rollout/turn/stage'

// The stages of the Rollout reducer as docs/internals/architecture.md shows them. Generated: `npm run stories -- --rewrite`.

export const architectureFile = join(fileURLToPath(new URL('../..', import.meta.url)), 'docs/internals/architecture.md')

const begin = '<!-- stages: written by `npm run stories -- --rewrite` -->\n'
const end = '<!-- end of stages -->'

const columns = ['stage', 'needs', 'gives']

const codes = (names: readonly string[] = []): string => names.map((name) => `\`${name}\``).join(', ')

const table = (title: string, stages: readonly Stage[]): string =>
  [
    `${title}:\n`,
    `| ${columns.join(' | ')} |`,
    `|${'---|'.repeat(columns.length)}`,
    ...stages.map(({ name, needs, gives }) => `| ${name} | ${codes(needs)} | ${codes(gives)} |`),
  ].join('\n')

const tables = (): string =>
  [
    table('Every reconcile', openingStages),
    table('then a canary', canaryStages),
    table('or blue-green', blueGreenStages),
  ].join('\n\n')

/** The page as it has to be: the block between the two marks is made anew. */
export function withStageTables(page: string = readFileSync(architectureFile, 'utf8')): string {
  const [from, to] = [page.indexOf(begin) + begin.length, page.indexOf(end)]
  if (from < begin.length || to < from) throw new Error('architecture.md has no block for the stages')
  return `${page.slice(0, from)}\n${tables()}\n\n${page.slice(to)}`
}
