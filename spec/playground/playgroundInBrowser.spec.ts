import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildPlayground } from '../../examples/playground/build'
import { samples } from '../../examples/playground/samples'
import { noBrowser, openBrowser, type Page } from '../browser/chromium'
import { lowContrast } from '../browser/contrast'

if (noBrowser !== undefined) console.log(`skipped: the playground in a browser; ${noBrowser}`)

describe.skipIf(noBrowser !== undefined)('the playground in Chromium, from a disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-playground-'))
  const address = pathToFileURL(join(folder, 'index.html')).href
  let page: Page
  beforeAll(async () => {
    await buildPlayground(folder)
    page = await openBrowser()
  }, 120_000)
  afterAll(async () => {
    await page?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Waits, in the page, until an expression is true; the test ends if it never is. */
  const until = (expression: string): Promise<boolean> =>
    page.ask(
      `new Promise((done) => { const look = () => ((${expression}) ? done(true) : setTimeout(look, 10)); look() })`,
    )
  const textOf = (id: string): Promise<string> => page.ask(`document.getElementById('${id}').textContent`)
  const isDone = "document.getElementById('result').getAttribute('aria-busy') === 'false'"
  const hasPicture = "document.querySelector('#picture svg') !== null"
  const open = async (width = 1280, fragment = ''): Promise<void> => {
    // A page of its own: an address that differs in its fragment only would not be loaded anew.
    await page.open('about:blank', width)
    await page.open(`${address}${fragment}`, width)
    await until(`${hasPicture} && ${isDone}`)
  }
  const choose = async (id: string, value: string): Promise<void> => {
    await page.ask(
      `{ const one = document.getElementById('${id}'); one.value = ${JSON.stringify(value)}; one.dispatchEvent(new Event('change', { bubbles: true })) }; true`,
    )
    await until(isDone)
  }
  /** Types over what a field holds, as a keyboard does. */
  const type = async (id: string, text: string, from = 0, to = Number.MAX_SAFE_INTEGER): Promise<void> => {
    await page.ask(
      `{ const one = document.getElementById('${id}'); one.focus(); one.setSelectionRange(${from}, Math.min(${to}, one.value.length)) }; true`,
    )
    await page.send('Input.insertText', { text })
    await until(isDone)
  }
  const look = (value: 'light' | 'dark') =>
    page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] })

  test.for([360, 768, 1280])('opens with a picture, %i pixels wide, and reports no errors', async (width) => {
    await open(width)
    expect(await textOf('ending')).toBe('Rollout shop/web ends Healthy.')
    const [content, window] = await page.ask<[number, number]>('[document.documentElement.scrollWidth, innerWidth]')
    expect([window, content <= window]).toEqual([width, true])
    expect(page.complaints()).toEqual([])
  })

  test('the timeline moves as one types', async () => {
    await open()
    const before = await textOf('states')
    const at = await page.ask<number>("document.getElementById('manifests').value.indexOf('setWeight: 20') + 11")
    await type('manifests', '70', at, at + 2)
    const after = await textOf('states')
    expect(after).not.toBe(before)
    expect(after).toContain('70%')
    await type('imageAt', '3m')
    expect(await textOf('states')).toContain('3m00s')
    await page.ask("document.getElementById('isBroken').click()")
    await until(`${isDone} && document.getElementById('ending').textContent.includes('Degraded')`)
    expect(page.complaints()).toEqual([])
  })

  test('what cannot be read keeps the picture, and the caret goes to its line', async () => {
    await open()
    const at = await page.ask<number>("document.getElementById('manifests').value.indexOf('replicas: 10') + 10")
    await type('manifests', 'ten', at, at + 2)
    expect(await textOf('ending')).toBe('It cannot be simulated as it is.')
    expect(await textOf('issues')).toContain('Error line 7 spec.replicas')
    expect(await textOf('lines')).toContain('\n!7\n')
    expect(await page.ask("document.getElementById('former').hidden")).toBe(false)
    expect(await page.ask(hasPicture)).toBe(true)
    await page.ask("document.querySelector('#issues button').click(); true")
    expect(
      await page.ask(
        '[document.activeElement.id, document.activeElement.value.slice(0, document.activeElement.selectionStart).split("\\n").length]',
      ),
    ).toEqual(['manifests', 7])
    await type('manifests', '4', at, at + 3)
    expect(await page.ask("document.getElementById('former').hidden")).toBe(true)
    expect(page.complaints()).toEqual([])
  })

  test('analyses are loaded when a simulation needs them', async () => {
    await open()
    const loaded = 'document.querySelector(\'script[src="analyses.js"]\') !== null'
    expect(await page.ask(loaded)).toBe(false)
    await choose('sample', 'a canary that an analysis stops')
    expect(await textOf('ending')).toBe('Rollout shop/web ends Degraded: the update was aborted.')
    expect(await page.ask(loaded)).toBe(true)
    await type('measurements', 'success-rate\n0.99\n')
    expect(await textOf('ending')).toBe('Rollout shop/web ends Healthy.')
    expect(page.complaints()).toEqual([])
  })

  test('commands are added and removed', async () => {
    await open()
    await page.ask("document.querySelector('.command button').click(); true")
    await until(isDone)
    expect(await textOf('ending')).toBe('Rollout shop/web ends Paused and waits for promote.')
    await page.ask("document.getElementById('add').click(); true")
    await until(`${isDone} && document.getElementById('ending').textContent.includes('Healthy')`)
    expect(await page.ask("document.activeElement.closest('.command').getAttribute('aria-label')")).toBe('Command 1')
    expect(await textOf('commandLine')).toContain('--when-paused promote')
  })

  test('a link brings everything back', async () => {
    await open()
    await choose('sample', 'a canary that an analysis stops')
    await type('until', '2h')
    await page.ask("document.getElementById('share').click(); true")
    await until('location.hash.length > 1 && !document.getElementById("link").hidden')
    const link = await page.ask<string>("document.getElementById('address').value")
    expect(link.startsWith(`${address}#z1.`)).toBe(true)
    const filled =
      "['manifests', 'measurements', 'image', 'imageAt', 'until', 'readyAfter', 'controller'].map((id) => document.getElementById(id).value)"
    const [before, picture] = [
      await page.ask<string[]>(filled),
      await page.ask('document.querySelector("#picture svg").outerHTML'),
    ]
    await open(1280, new URL(link).hash)
    expect(await page.ask(filled)).toEqual(before)
    expect(before[4]).toBe('2h')
    await until(`document.getElementById('ending').textContent.includes('aborted')`)
    expect(await page.ask('document.querySelector("#picture svg").outerHTML')).toBe(picture)
    expect(page.complaints()).toEqual([])
  })

  test.for(['#z1.AAAA', '#p1.bnVsbA', '#<script>alert(1)</script>', `#p1.${'A'.repeat(70_000)}`])(
    'a link that is none ends in a message: %#',
    async (fragment) => {
      await open(1280, fragment)
      expect(await textOf('trouble')).toMatch(/^The link cannot be read: it /)
      expect(await textOf('ending')).toBe('Rollout shop/web ends Healthy.')
      expect(page.complaints()).toEqual([])
    },
  )

  test('no text of a link becomes markup', async () => {
    const hostile = '<img src=x onerror=alert(1)>'
    const [first] = samples
    const manifests = first?.state.manifests.replace('name: web\n  namespace', `name: "${hostile}"\n  namespace`)
    const state = {
      ...first?.state,
      manifests,
      image: hostile,
      commands: [{ at: hostile, what: hostile, value: hostile }],
    }
    await page.open('about:blank', 1280)
    await page.open(`${address}#p1.${Buffer.from(JSON.stringify(state)).toString('base64url')}`, 1280)
    await until(`${isDone} && document.getElementById('issues').textContent !== ''`)
    expect(await page.ask("document.querySelectorAll('img').length")).toBe(0)
    expect(await textOf('issues')).toContain('<img')
    expect(page.complaints()).toEqual([])
  })

  test.for(['light', 'dark'] as const)('every text has enough contrast, %s', async (theme) => {
    await look(theme)
    await open()
    await choose('sample', 'a canary behind a router, aborted')
    await page.ask("document.querySelectorAll('details').forEach((one) => { one.open = true }); true")
    expect(await page.ask(lowContrast)).toEqual([])
    await choose('theme', theme === 'light' ? 'dark' : 'light')
    expect(await page.ask(lowContrast)).toEqual([])
    await type('until', 'soon')
    expect(await page.ask(lowContrast)).toEqual([])
  })

  test('every control has a name for a screen reader, and a keyboard reaches it', async () => {
    await open()
    await page.send('Accessibility.enable')
    const { nodes } = (await page.send('Accessibility.getFullAXTree')) as {
      nodes: readonly { role?: { value: string }; name?: { value: string } }[]
    }
    const controls = new Set(['button', 'textbox', 'combobox', 'checkbox', 'DisclosureTriangle'])
    const named = nodes.filter(({ role }) => controls.has(role?.value ?? '')).map(({ name }) => name?.value ?? '')
    expect(named.length).toBeGreaterThan(14)
    expect(named.filter((name) => name.trim() === '')).toEqual([])
    expect(named).toEqual(expect.arrayContaining(['Manifests', 'Update to image', 'Look until', 'Remove command 1']))
    const roles = nodes.map(({ role, name }) => `${role?.value}: ${name?.value ?? ''}`)
    expect(roles).toEqual(expect.arrayContaining(['main: ', 'region: What becomes of it', 'group: What happens']))
    expect(roles.join('\n')).toMatch(/^(?:image|img|graphics-document): Rollout shop\/web ends Healthy/m)
    const reached = await page.ask<number>(
      "[...document.querySelectorAll('input, select, textarea, button, summary')].filter((one) => one.tabIndex < 0).length",
    )
    expect(reached).toBe(0)
  })
})
