import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { architectureFile, withStageTables } from './stageTables'

test('architecture.md shows the stages as they are (npm run stories -- --rewrite writes them again)', () => {
  const page = readFileSync(architectureFile, 'utf8')
  expect(page).toBe(withStageTables())
  expect(withStageTables(page.replace('| traffic |  | `weights` |', '| traffic |  |  |'))).toBe(page)
})
