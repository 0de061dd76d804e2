import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { findingsText, lintManifests } from '../../src/lint/index'

test('the guide shows what lint prints', () => {
  const guide = readFileSync(new URL('../../docs/guides/lint.md', import.meta.url), 'utf8')
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(guide) ?? []
  const [, printed = ''] = /```text\n([\s\S]*?)```/.exec(guide) ?? []
  expect(`${findingsText(lintManifests({ 'web.yaml': example }))}\n`).toBe(printed)
})
