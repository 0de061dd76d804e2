import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { matrixText, type Tested } from '../../src/cli/testText'
import { parseManifests } from '../../src/input/parseManifests'
import { controllerVersions } from '../../src/model/controllerVersion'
import { filesOf, readSimulation } from '../../src/scenario/readSimulation'
import { runSimulation } from '../../src/scenario/runSimulation'

// Public reports of outages as scenario files: examples/outages/expected.txt has what each version of the controller makes of each of
// them. `rollout-engine test examples/outages --controller all` prints it.

const folder = fileURLToPath(new URL('../../examples/outages', import.meta.url))
const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
const rows = readFileSync(join(folder, 'expected.txt'), 'utf8').trimEnd().split('\n')

const testedUnderAll = (name: string): readonly Tested[] => {
  const { simulations, issues } = readSimulation(readFileSync(join(folder, name), 'utf8'))
  expect(issues).toEqual([])
  return simulations.flatMap(({ simulation, lineOf }) => {
    const files = Object.fromEntries(
      filesOf(simulation).map((file) => [file, parseManifests(readFileSync(join(folder, file), 'utf8')).objects]),
    )
    const scenario = { simulation, lineOf, file: name, files }
    return controllerVersions.map((controller) => ({
      scenario,
      controller,
      report: runSimulation({ ...simulation, spec: { ...simulation.spec, controller } }, { files }),
    }))
  })
}

const cells = (row: string): string => row.trim().replace(/ {2,}/g, '  ')

describe('reports of outages, under every version of the controller', () => {
  test('there are twelve at least', () => expect(names.length).toBeGreaterThanOrEqual(12))

  test.for(names)('%s', (name) => {
    const [, ...told] = matrixText(testedUnderAll(name), controllerVersions).split('\n')
    const start = rows.findIndex((row) => cells(row) === cells(told[0] ?? ''))
    expect(rows.slice(start, start + told.length).map(cells)).toEqual(told.map(cells))
  })
})
