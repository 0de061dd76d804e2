// Run in a folder where the package is installed, by whichever runtime: imports every entry and asks one question.
import { readFileSync } from 'node:fs'

const { exports, version } = JSON.parse(readFileSync(new URL(import.meta.resolve('rollout-engine/package.json')), 'utf8'))
const entries = Object.keys(exports).filter((name) => typeof exports[name] === 'object')
for (const entry of entries) {
  const names = Object.keys(await import(`rollout-engine${entry.slice(1)}`))
  if (names.length === 0) throw new Error(`${entry} publishes nothing`)
}

const { parseManifests } = await import('rollout-engine/input')
const { simulate } = await import('rollout-engine/simulate')
const { objects } = parseManifests(`
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web, namespace: shop }
spec:
  replicas: 4
  selector: { matchLabels: { app: web } }
  strategy: { canary: { steps: [{ setWeight: 25 }, { pause: { duration: 1m } }] } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: "web:1" }] } }
`)
const { frames } = simulate({ manifests: objects, events: [{ atSeconds: 30, image: 'web:2' }] })
console.log(`${version}: ${entries.length} entries; ${frames.map(({ atSeconds, phase }) => `${atSeconds}s ${phase}`).join(', ')}`)
