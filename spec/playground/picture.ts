import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildPlayground } from '../../examples/playground/build'
import { openBrowser } from '../browser/chromium'
import { palettePng } from './palettePng'

// npx tsx spec/playground/picture.ts: takes the picture of the playground for the README, with Chromium.

const [width, height] = [1200, 820]
const file = fileURLToPath(new URL('../../docs/pictures/playground.png', import.meta.url))
const sample = 'a canary behind a router, aborted'
const choose = `new Promise((done) => {
  const sample = document.getElementById('sample')
  sample.value = ${JSON.stringify(sample)}
  sample.dispatchEvent(new Event('change'))
  const look = () => (document.getElementById('ending').textContent.includes('aborted') ? done(true) : setTimeout(look, 20))
  look()
})`

const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-playground-'))
await buildPlayground(folder)
const page = await openBrowser()
await page.open(pathToFileURL(join(folder, 'index.html')).href, width)
await page.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false })
await page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: 'light' }] })
// The first simulations of a page are slow: the browser has not compiled the engine yet.
await page.ask(choose)
for (let at = 0; at < 20; at++) {
  await page.ask("document.getElementById('form').dispatchEvent(new Event('input')); true")
  await page.ask(
    "new Promise((done) => { const look = () => document.getElementById('result').getAttribute('aria-busy') === 'false' ? done(true) : setTimeout(look, 20); look() })",
  )
}
const { data } = (await page.send('Page.captureScreenshot', { format: 'png' })) as { readonly data: string }
writeFileSync(file, palettePng(Buffer.from(data, 'base64')))
await page.close()
rmSync(folder, { recursive: true, force: true })
