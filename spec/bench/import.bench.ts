import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Figure } from './bench'
import { withBuilt } from './shipped'

/** What it costs to import the built core, processor time and wall clock, best of some. */
export async function bench(): Promise<readonly Figure[]> {
  return withBuilt((dist) => {
    const script = `const [began, before] = [performance.now(), process.cpuUsage()]
await import(${JSON.stringify(pathToFileURL(join(dist, 'index.js')).href)})
const { user, system } = process.cpuUsage(before)
console.log(JSON.stringify([performance.now() - began, (user + system) / 1000]))\n`
    const file = join(dist, 'import-bench.mjs')
    writeFileSync(file, script)
    const times = Array.from({ length: 20 }, () => {
      const { stdout } = spawnSync(process.execPath, [file], { encoding: 'utf8' })
      return JSON.parse(stdout) as [number, number]
    })
    return [
      { name: 'import of the core', value: Math.min(...times.map(([wall]) => wall)), unit: 'ms', most: 27 },
      {
        name: 'import of the core, processor time',
        value: Math.min(...times.map(([, cpu]) => cpu)),
        unit: 'ms',
        most: 27,
      },
    ]
  })
}
