import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { timelineReport } from '../../src/pictures/index'
import { noBrowser, openBrowser, type Page } from '../browser/chromium'
import { lowContrast } from '../browser/contrast'
import { timelines } from './timelines'

if (noBrowser !== undefined) console.log(`skipped: the report in a browser; ${noBrowser}`)

describe.skipIf(noBrowser !== undefined)('the report in Chromium, from a disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-report-'))
  let page: Page
  const addressOf = (name: string): string => pathToFileURL(join(folder, `${name}.html`)).href
  beforeAll(async () => {
    for (const [name, timeline] of Object.entries(timelines))
      writeFileSync(join(folder, `${name}.html`), timelineReport(timeline()))
    page = await openBrowser()
  }, 120_000)
  afterAll(async () => {
    await page?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const look = (value: 'light' | 'dark') =>
    page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] })

  test.for(Object.keys(timelines))('%s: fits three widths, loads nothing and reports no errors', async (name) => {
    for (const width of [360, 768, 1280]) {
      await page.open(addressOf(name), width)
      const [content, window] = await page.ask<[number, number]>('[document.documentElement.scrollWidth, innerWidth]')
      expect([width, window, content <= window]).toEqual([width, width, true])
      expect(page.complaints()).toEqual([])
    }
  })

  test.for(['light', 'dark'] as const)('every text has enough contrast, %s', async (theme) => {
    await look(theme)
    await page.open(addressOf('aborted'), 1280)
    await page.ask("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    expect(await page.ask(lowContrast)).toEqual([])
    expect(await page.ask('document.querySelectorAll("svg text").length')).toBeGreaterThan(20)
  })

  test('on paper it is light, fits, and has all tables but no controls, whatever the screen is', async () => {
    const onPaper = (media: string) =>
      page.send('Emulation.setEmulatedMedia', { media, features: [{ name: 'prefers-color-scheme', value: 'dark' }] })
    await page.open(addressOf('aborted'), 718)
    await onPaper('print')
    await page.ask("dispatchEvent(new Event('beforeprint')); true")
    const colourOf = (selector: string) => page.ask(`getComputedStyle(document.querySelector('${selector}')).fill`)
    expect(await colourOf('.surface')).toBe('rgb(255, 255, 255)')
    expect(await page.ask("getComputedStyle(document.querySelector('h1')).color")).toBe('rgb(31, 35, 40)')
    expect(await page.ask(lowContrast)).toEqual([])
    const isShown = (selector: string) => `document.querySelector('${selector}').getClientRects().length > 0`
    expect(
      await page.ask(`[${['#slider', '#next', '#object', 'details table', '#text'].map(isShown).join()}]`),
    ).toEqual([false, false, false, true, true])
    // Of boxes that scroll on a screen nothing is cut.
    const cut = "[...document.querySelectorAll('pre, .scroll')].filter((one) => one.scrollWidth > one.clientWidth + 1)"
    expect(await page.ask(`${cut}.map((one) => one.id + one.className)`)).toEqual([])
    await page.ask("dispatchEvent(new Event('afterprint')); true")
    expect(await page.ask("document.querySelector('details').open")).toBe(false)
    const { data } = (await page.send('Page.printToPDF')) as { readonly data: string }
    expect(Buffer.from(data, 'base64').subarray(0, 5).toString()).toBe('%PDF-')
    await page.send('Emulation.setEmulatedMedia', { media: '', features: [] })
  })

  test('a keyboard moves through the changes, and the slider through the seconds', async () => {
    await page.open(addressOf('aborted'), 1000)
    const state = () =>
      page.ask<string[]>("['clock','phase','waits','happens'].map((id) => document.getElementById(id).textContent)")
    const press = (key: string) =>
      page.ask(`document.dispatchEvent(new KeyboardEvent('keydown', { key: '${key}', bubbles: true })); true`)
    expect((await state())[0]).toBe('0s')
    await press('n')
    expect((await state()).slice(0, 2)).toEqual(['5s', '✔ Healthy'])
    await press('p')
    expect((await state())[0]).toBe('0s')
    await page.ask("const s = document.getElementById('slider'); s.value = '50'; s.dispatchEvent(new Event('input'))")
    const [clock, phase, waits] = await state()
    expect([clock, phase]).toEqual(['38s', '‖ Paused'])
    expect(waits).toContain('CanaryPauseStep')
    expect(await page.ask("document.getElementById('slider').getAttribute('aria-valuetext')")).toBe('38s, Paused')
  })

  test('shows objects, differences and resources of the router at a second', async () => {
    await page.open(addressOf('aborted'), 1000)
    await page.ask("const s = document.getElementById('slider'); s.value = '38'; s.dispatchEvent(new Event('input'))")
    const shown = await page.ask<string[]>(
      "['differences','text','resources'].map((id) => document.getElementById(id).textContent)",
    )
    expect(shown[0]).toContain('status.currentStepIndex')
    expect(shown[1]).toContain('"phase": "Paused"')
    expect(shown[2]).toContain('TrafficSplit')
  })

  test('has roles and names for a screen reader', async () => {
    await page.open(addressOf('aborted'), 1000)
    await page.send('Accessibility.enable')
    const { nodes } = (await page.send('Accessibility.getFullAXTree')) as {
      nodes: readonly { role?: { value: string }; name?: { value: string } }[]
    }
    const named = nodes.map(({ role, name }) => `${role?.value}: ${name?.value ?? ''}`)
    expect(named).toEqual(
      expect.arrayContaining([
        'main: ',
        'region: The simulation at a glance',
        'region: Second by second',
        'slider: Second of the simulation',
        'button: Next change',
        'link: Skip to the slider',
        'combobox: Objects',
      ]),
    )
    expect(named.join('\n')).toMatch(/^(?:image|img|graphics-document): Rollout default\/shop ends Degraded/m)
    const tables = await page.ask<number[]>(
      '[document.querySelectorAll("svg[role=img]").length, document.querySelectorAll("table").length, document.querySelectorAll("table:not(:has(caption))").length]',
    )
    expect(tables).toEqual([1, expect.any(Number), 0])
    expect(tables[1]).toBeGreaterThan(2)
  })

  test('no text of a manifest becomes markup', async () => {
    await page.open(addressOf('hostile'), 768)
    expect(await page.ask('document.querySelectorAll("script").length')).toBe(2)
    expect(await page.ask('document.body.textContent.includes("<script>alert(1)</script>")')).toBe(true)
  })
})
