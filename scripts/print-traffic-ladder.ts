import { fileURLToPath } from 'node:url'
import { weightLadder } from '../src/rollout/traffic/trafficWeight'

// Prints the ladder of docs/guides/traffic.md from the engine's own table: npx tsx scripts/print-traffic-ladder.ts
// spec/rollout/trafficLadder.spec.ts sees to it that the guide contains exactly this.

/** The section of the guide between its two marks: a diagram of the rungs from the first to the last. */
export function trafficLadder(): string {
  const last = weightLadder.length - 1
  const rungs = weightLadder.map(({ name, when, weight }, index) => {
    const title = `${index + 1}. ${name}:<br/>${when}`
    if (index === last) return [`  when${index}["${title}"] --> weight${index}["${weight}"]`]
    return [
      `  when${index}{"${title}?"}`,
      `  when${index} -- yes --> weight${index}["${weight}"]`,
      `  when${index} -- no --> when${index + 1}`,
    ]
  })
  return ['```mermaid', 'flowchart TD', ...rungs.flat(), '```'].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(trafficLadder())
