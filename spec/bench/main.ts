import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Bench } from './bench'

// npm run bench [-- NAME]: every spec/bench/*.bench.ts exports `bench`. Ends with 1 if a figure misses its budget.

const folder = fileURLToPath(new URL('.', import.meta.url))

async function main(): Promise<void> {
  const wanted = process.argv[2] ?? ''
  let missed = 0
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.bench.ts') || !file.includes(wanted)) continue
    const { bench } = (await import(new URL(file, import.meta.url).href)) as { bench: Bench }
    for (const { name, value, unit, most, least } of await bench()) {
      const isMissed = (most !== undefined && value > most) || (least !== undefined && value < least)
      const budget = most !== undefined ? ` (at most ${most})` : least !== undefined ? ` (at least ${least})` : ''
      console.log(`${isMissed ? '✗' : '✓'} ${name}: ${Number(value.toPrecision(3))} ${unit}${budget}`)
      if (isMissed) missed++
    }
  }
  process.exitCode = missed > 0 ? 1 : 0
}

await main()
