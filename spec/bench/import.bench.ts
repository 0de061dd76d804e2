import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { manifest, packAndInstall } from '../package/packed'
import type { Figure } from './bench'

/** What it costs to import the built core, wall clock, best of some. */
export async function bench(): Promise<readonly Figure[]> {
  const packed = packAndInstall()
  try {
    const script = `const before = performance.now()
await import(${JSON.stringify(manifest.name)})
console.log(performance.now() - before)\n`
    writeFileSync(join(packed.consumer, 'import.mjs'), script)
    const times = Array.from({ length: 20 }, () => {
      const { stdout } = spawnSync(process.execPath, ['import.mjs'], { cwd: packed.consumer, encoding: 'utf8' })
      return Number(stdout)
    })
    return [{ name: 'import of the core', value: Math.min(...times), unit: 'ms', most: 30 }]
  } finally {
    packed.remove()
  }
}
