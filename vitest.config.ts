import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string): string => fileURLToPath(new URL(`./src/${path}`, import.meta.url))

export default defineConfig({
  resolve: {
    // As `paths` in tsconfig.json: specs may import the library by its published names.
    alias: [
      { find: /^rollout-engine$/, replacement: source('index.ts') },
      { find: /^rollout-engine\/(\w+)$/, replacement: source('$1/index.ts') },
    ],
  },
  // Every core: vitest leaves one of them idle, which is half of a small machine.
  test: { include: ['spec/**/*.spec.ts'], testTimeout: 120_000, passWithNoTests: false, maxWorkers: '100%' },
})
