import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { palettes } from '../../src/pictures/svg/theme'
import { desk } from './captured'

const { put, run } = desk()

const rollout = `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  strategy: {canary: {steps: [{setWeight: 50}, {pause: {}}]}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'web:1'}]}
`
const simulation = `apiVersion: rollout-engine/v1
kind: Simulation
metadata: {name: promoted}
spec:
  manifests: [web.yaml]
  events:
    - {atSeconds: 10, image: 'web:2'}
    - {atSeconds: 60, command: promote}
  untilSeconds: 600
`
const coloursOf = (text: string): readonly string[] =>
  (['light', 'dark'] as const).filter((theme) => text.includes(`--re-surface:${palettes[theme].surface}`))

test('--theme gives the picture and the page their colours', () => {
  const web = put('web.yaml', rollout)
  const page = put('out.html', '')
  const svg = (...words: readonly string[]): readonly string[] =>
    coloursOf(run('simulate', web, '-o', 'svg', ...words).out)
  expect(svg()).toEqual(['light', 'dark'])
  expect(svg('--theme', 'light')).toEqual(['light'])
  expect(svg('--theme', 'dark')).toEqual(['dark'])
  expect(run('simulate', web, '--report', page, '--theme', 'dark').code).toBe(0)
  const text = readFileSync(page, 'utf8')
  expect(text).toContain(':root{color-scheme:dark}')
  // Paper is light, whatever the page is.
  expect(coloursOf(text.replace(/@media print\{.*/, ''))).toEqual(['dark'])
  expect(coloursOf(text)).toEqual(['light', 'dark'])
})

test('the JSON of a Simulation has all that of a simulation has: deeds, issues, what is assumed', () => {
  const web = put('web.yaml', rollout)
  const story = put('story.yaml', simulation)
  const plain = JSON.parse(
    run('simulate', web, '--update', 'web:2@10s', '--at', '60s=promote', '--until', '10m', '-o', 'json').out,
  )
  const told = JSON.parse(run('simulate', story, '-o', 'json').out)
  expect(Object.keys(told)).toEqual(expect.arrayContaining(Object.keys(plain)))
  expect(told).toMatchObject({ name: 'promoted', passed: true, outcome: 'healthy', deeds: plain.deeds })
  expect(plain.deeds).toHaveLength(2)
})
