import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../package/packed'
import { typescriptBlocks } from './markdown'

test('the host of the guide has less than 80 lines, with a canary, an analysis of Prometheus and blue-green in it', () => {
  const [host] = typescriptBlocks(readFileSync(join(root, 'docs/guides/embedding.md'), 'utf8'))
  expect(host?.code.split('\n').length).toBeLessThan(80)
  for (const part of ['memoryHost(', 'canary:', 'prometheus:', 'blueGreen:']) expect(host?.code).toContain(part)
  expect(host?.output).toContain('aborted')
})
