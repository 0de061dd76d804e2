import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { trafficLadder } from '../../scripts/print-traffic-ladder'
import { weightLadder } from '../../src/rollout/traffic/trafficWeight'

const guide = readFileSync(fileURLToPath(new URL('../../docs/guides/traffic.md', import.meta.url)), 'utf8')

test('the guide shows the ladder exactly as the script prints it', () => {
  const marks = ['<!-- printed by scripts/print-traffic-ladder.ts -->\n', '\n<!-- end of what is printed -->'] as const
  const shown = guide.split(marks[0])[1]?.split(marks[1])[0]
  expect(shown).toBe(trafficLadder())
})

test('the ladder shows every rung with its weight, in order', () => {
  const places = weightLadder.flatMap(({ name, when, weight }, index) => [
    trafficLadder().indexOf(`${index + 1}. ${name}:<br/>${when}`),
    trafficLadder().indexOf(`weight${index}["${weight}"]`),
  ])
  expect(places).not.toContain(-1)
  expect(places).toEqual([...places].sort((a, b) => a - b))
})
