import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildPlayground } from '../../examples/playground/build'
import { answerTo } from '../../examples/playground/engine/answer'
import { happeningsOf, secondsOf } from '../../examples/playground/engine/question'
import { fragmentOf, mostFragment, readFragment } from '../../examples/playground/fragment'
import { samples } from '../../examples/playground/samples'
import { emptyState, mostCommands, type PlaygroundState } from '../../examples/playground/state'
import { readGiven } from '../../src/cli/commandLine/readWords'
import { simulateDefinition } from '../../src/cli/commands/simulate'

const sample = (name: string): PlaygroundState => {
  const found = samples.find((one) => one.name === name)
  if (!found) throw new Error(`there is no sample "${name}"`)
  return found.state
}
const waits = sample('a canary that waits for a person')

describe('what the page loads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-playground-'))
  beforeAll(() => buildPlayground(folder), 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const kilobytes = (files: readonly string[]): number =>
    files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length / 1000, 0)

  test('is under 250 kB, packed; the part that judges analyses comes when a simulation needs it', () => {
    expect(kilobytes(['index.html', 'page.css', 'page.js', 'engine.js'])).toBeLessThan(250)
    expect(kilobytes(['analyses.js'])).toBeLessThan(160)
  })

  test('has no regular-expression engine and no condition language at the start', () => {
    const engine = readFileSync(join(folder, 'engine.js'), 'utf8')
    expect(engine).not.toContain('error parsing regexp')
    expect(readFileSync(join(folder, 'analyses.js'), 'utf8')).toContain('error parsing regexp')
  })

  test('names no other host', () => {
    for (const file of ['index.html', 'page.css', 'page.js'])
      expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/https?:\/\/(?!prometheus\.example)/)
  })
})

describe('an answer', () => {
  const titleOf = (state: PlaygroundState): string | undefined => {
    const { shown, issues } = answerTo(state, 'light')
    return shown ? /<title id="re-title">([^<]*)/.exec(shown.picture)?.[1] : issues.map(({ text }) => text).join('; ')
  }

  test.for([
    ['a canary that waits for a person', 'Rollout shop/web ends Healthy'],
    ['a canary behind a router, aborted', 'Rollout shop/web ends Degraded: the update was aborted'],
    ['a canary that an analysis stops', 'Rollout shop/web ends Degraded: the update was aborted'],
    ['blue-green', 'Rollout shop/web ends Healthy'],
    ['an image that never becomes ready', 'Rollout shop/web ends Degraded'],
  ] as const)('%s: %s', ([name, title]) => {
    expect(titleOf(sample(name))).toBe(title)
  })

  test('every sample was tried above', () => {
    expect(samples).toHaveLength(5)
  })

  test('a command that is given to a paused Rollout, and one at a time', () => {
    const commands = [{ at: '', what: 'promote', value: '' }]
    expect(titleOf({ ...waits, commands: [] })).toBe('Rollout shop/web ends Paused and waits for promote')
    expect(titleOf({ ...waits, commands })).toBe('Rollout shop/web ends Healthy')
    const scaled = answerTo({ ...waits, commands: [{ at: '30s', what: 'scale', value: '20' }] }, 'auto')
    expect(scaled.shown?.states.rows.some((row) => row.join(' ').includes('20'))).toBe(true)
  })

  test('issues have the line of the manifests', () => {
    const { issues, shown } = answerTo(
      { ...waits, manifests: waits.manifests.replace('replicas: 10', 'replicas: ten') },
      'auto',
    )
    expect(shown).toBeUndefined()
    expect(issues.map(({ line, where, isError }) => [line, where, isError])).toEqual([[7, 'spec.replicas', true]])
    const assumed = answerTo(sample('blue-green'), 'auto').issues
    expect(assumed.map(({ line, isError }) => [line, isError])).toEqual([
      [12, false],
      [13, false],
    ])
    const refused = answerTo(
      { ...waits, manifests: waits.manifests.replace('setWeight: 20', 'setWeight: 120') },
      'auto',
    )
    expect(refused.issues.find(({ line }) => line === 13)?.text).toMatch(/setWeight/i)
  })

  test.for([
    [{ imageAt: 'soon' }, 'Time of the update', '"soon" is no time'],
    [{ until: '' }, 'Look until', '"" is no time'],
    [{ image: 'other=web:2' }, 'Image of the update', 'other'],
    [{ commands: [{ at: '1m', what: 'scale', value: 'many' }] }, 'Command 1', 'how many pods'],
    [{ commands: [{ at: '1m', what: 'launch', value: '' }] }, 'Command 1', 'no command "launch"'],
    [{ commands: [{ at: '1m', what: 'undo', value: 'x' }] }, 'Command 1', 'revision is a number'],
    [{ measurements: '{"success-rate": [1' }, 'Measurements, line 1', ''],
    [{ measurements: 'no-such-metric\n1\n' }, 'Measurements', 'no metric is called'],
    [{ controller: 'v3' }, 'Controller', 'no version'],
    [{ rollout: 'shop' }, 'Rollout, if there are several', 'shop'],
    [{ image: '', commands: [] }, 'Image of the update', 'nothing is updated'],
  ] as const)('says which field is wrong: %j', ([change, where, text]) => {
    const { issues } = answerTo({ ...waits, ...(change as Partial<PlaygroundState>) }, 'auto')
    expect(issues.map((issue) => issue.where)).toContain(where)
    expect(issues.find((issue) => issue.where === where)?.text).toContain(text)
  })

  test('texts that are no manifests end in issues', () => {
    for (const manifests of ['', '{', '\u0000', 'kind: Rollout', '- 1', 'a: &a [*a]', 'x'.repeat(200_000)]) {
      const { shown, issues } = answerTo({ ...waits, manifests }, 'auto')
      expect([manifests.slice(0, 20), shown, issues.length > 0]).toEqual([manifests.slice(0, 20), undefined, true])
    }
  })

  test('a simulation without end is stopped, and says so', () => {
    const { issues } = answerTo({ ...waits, until: '9999d' }, 'auto')
    expect(issues.filter(({ where }) => where === 'Look until').map(({ text }) => text)).toEqual([
      'expected seconds from 0 to 315360000, got 863913600: 315360000 were taken',
      expect.stringMatching(/^cut off at second \d+, after 5000 reconciles$/),
    ])
  })

  test('is the same every time', () => {
    expect(answerTo(waits, 'dark')).toEqual(answerTo(waits, 'dark'))
  })

  test.for(samples.map(({ name }) => name))('its command line asks the same: %s', (name) => {
    const state = sample(name)
    const words = answerTo(state, 'auto').commandLine.split(' ')
    expect(words.slice(0, 3)).toEqual(['rollout-engine', 'simulate', 'rollout.yaml'])
    const read = readGiven(simulateDefinition, words.slice(2))
    expect(read).toMatchObject({
      given: { events: happeningsOf(state).events, untilSeconds: 3600, readyAfterSeconds: 5 },
    })
    expect('given' in read && read.given.neverReadyImages).toEqual(state.isBroken ? ['web:2'] : [])
  })

  test('times are read as everywhere', () => {
    expect(['90', '90s', '1m30s', '1h', '2d', '1d2h3m4s'].map(secondsOf)).toEqual([90, 90, 90, 3600, 172_800, 93_784])
    expect(['', 's', '-1', '1.5s', '1 h', 'now', '1s1m'].map(secondsOf)).toEqual(Array(7).fill(undefined))
  })
})

describe('a link', () => {
  test('brings the state back, packed or not', async () => {
    const fragment = await fragmentOf(waits)
    expect(fragment).toMatch(/^z1\.[\w-]+$/)
    expect(await readFragment(`#${fragment}`)).toEqual({ state: waits })
    const plain = `p1.${Buffer.from(JSON.stringify({ ...waits, manifests: 'ü' })).toString('base64url')}`
    expect(await readFragment(plain)).toEqual({ state: { ...waits, manifests: 'ü' } })
  })

  const plain = (value: unknown): string => `p1.${Buffer.from(JSON.stringify(value) ?? '').toString('base64url')}`

  test.for([
    ['words', 'anything else'],
    ['another version', 'z9.AAAA'],
    ['no data', 'z1.'],
    ['no JSON', plain(undefined)],
    ['a list', plain([1])],
    ['null', plain(null)],
    ['a number for a text', plain({ manifests: 7 })],
    ['commands that are no list', plain({ commands: { length: 3 } })],
    ['too many commands', plain({ commands: Array.from({ length: mostCommands + 1 }, () => ({})) })],
    ['a command that is no object', plain({ commands: [3] })],
    ['a text that is too long', plain({ image: 'x'.repeat(301) })],
    ['bytes that are no UTF-8', `p1.${Buffer.from([0x22, 0xff, 0x22]).toString('base64url')}`],
    ['data that was cut', 'z1.q1bKTczLTMssKlayUoKxAA'],
    ['too many characters', `p1.${'A'.repeat(mostFragment)}`],
  ] as const)('with %s ends in a message', async ([, fragment]) => {
    expect(await readFragment(fragment)).toEqual({ problem: expect.stringMatching(/^(?:it|its|one of its) /) })
  })

  test('that unpacks to gigabytes is not unpacked', async () => {
    const bomb = await fragmentOf({ ...emptyState, manifests: ' '.repeat(30_000_000) })
    expect(bomb.length).toBeLessThan(mostFragment)
    expect(await readFragment(bomb)).toEqual({ problem: 'it unpacks to more than 1000000 bytes' })
  })

  test('has no fields that nobody knows, and no prototype', async () => {
    const read = await readFragment(plain({ image: 'web:2', __proto__: { x: 1 }, constructor: 'y', more: 'z' }))
    expect(read).toEqual({ state: { ...emptyState, image: 'web:2' } })
  })
})

test('the README says how it is built', () => {
  const text = readFileSync(fileURLToPath(new URL('../../examples/playground/README.md', import.meta.url)), 'utf8')
  const { scripts } = JSON.parse(readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8'))
  expect(text).toContain('npm run playground')
  expect(scripts.playground).toBe('tsx examples/playground/build.ts')
})
