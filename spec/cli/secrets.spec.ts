import { describe, expect, test } from 'vitest'
import { formsOf, secretArbitrary } from '../adapters/secretForms'
import { fc } from '../properties/fc'
import { propertySeed } from '../properties/seed'
import { desk } from './captured'
import { type Analysed, filesOf, invocationsOf, plainTexts } from './everyCommand'

// Issue 12, item 5, for what the command line prints, as text and as JSON: analyses take a Secret of the files into places of
// requests. spec/adapters/secrets.spec.ts has the same for hosts.

const { put, run } = desk()

const tag = '{{args.token}}'
const web = (more: object): Analysed['provider'] => ({ web: { url: 'http://h.example/', ...more } })
const places: Readonly<Record<string, Analysed>> = {
  path: { provider: web({ url: `http://h.example/${tag}` }), metric: {} },
  header: { provider: web({ headers: [{ key: 'X-Any', value: `Bearer ${tag}` }] }), metric: {} },
  body: { provider: web({ method: 'POST', jsonBody: { t: tag } }), metric: {} },
  query: { provider: { prometheus: { address: `http://${tag}`, query: `up{t="${tag}"}` } }, metric: {} },
  plugin: { provider: { plugin: { 'acme/x': { token: tag } } }, metric: {} },
  job: {
    provider: {
      job: {
        metadata: { annotations: { token: tag } },
        spec: {
          template: {
            spec: { containers: [{ name: 'c', image: 'i', args: [tag], env: [{ name: 'TOKEN', value: tag }] }] },
          },
        },
      },
    },
    metric: {},
  },
  'condition that compares': { provider: web({}), metric: { successCondition: `result == "${tag}"` } },
  'condition that fails on the value': { provider: web({}), metric: { failureCondition: `result > "${tag}"` } },
  'condition that does not compile': { provider: web({}), metric: { successCondition: tag } },
  'name of the metric': { provider: web({}), metric: { name: `m-${tag}` } },
  'interval, count and limit': { provider: web({}), metric: { interval: tag, count: tag, failureLimit: tag } },
}

/** Those that run or show analyses; the others are covered by one place. */
const analysing = new Set(['simulate', 'test', 'explain', 'get rollout', 'get experiment', 'analyze', 'metrics'])

describe(`secrets are printed by no command (PROPERTY_SEED=${propertySeed})`, () => {
  test.each(Object.keys(places))('in the place "%s"', (place) => {
    const secrets = fc.sample(secretArbitrary, { numRuns: 1, seed: propertySeed })
    for (const secret of secrets) {
      const texts = { ...plainTexts, secret }
      const files = new Map(
        Object.entries(filesOf(texts, places[place])).map(([name, text]) => [name, put(name, text)]),
      )
      const forms = formsOf(secret)
      for (const { command, words } of invocationsOf(texts)) {
        if (!analysing.has(command) && place !== 'path') continue
        const { out, err } = run(...command.split(' '), ...words.map((word) => files.get(word) ?? word))
        const seen = forms.filter((form) => out.includes(form) || err.includes(form))
        expect(seen, `${command} ${words.join(' ')}`).toEqual([])
      }
    }
  })

  const secret = 'hush-hush-42'
  const files: Readonly<Record<string, string>> = {
    'line that is no YAML': `kind: Secret\nmetadata: {name: creds}\nstringData:\n  token: ${secret}\n other: x\n`,
    'password that looks like an alias': `kind: Secret\nmetadata: {name: creds}\nstringData: {token: *${secret}}\n`,
    'password that looks like a tag': `kind: Secret\nmetadata: {name: creds}\nstringData: {token: !${secret} x}\n`,
    'password that begins with @': `kind: Secret\nmetadata: {name: creds}\nstringData: {token: @${secret}}\n`,
    'backslash in quotes': `kind: Secret\nmetadata: {name: creds}\nstringData: {token: "a\\q${secret}"}\n`,
    'field of the wrong type': `kind: Secret\nmetadata: {name: 5}\nstringData: {token: [${secret}]}\n`,
    'value that is no Base64': `kind: Secret\nmetadata: {name: creds}\ndata: {token: "${secret} "}\n`,
    'key that is there twice': `kind: Secret\nmetadata: {name: creds}\nstringData: {token: ${secret}, token: ${secret}}\n`,
    'JSON that ends early': `{"kind": "Secret", "metadata": {"name": "creds"}, "stringData": {"token": "${secret}"`,
  }
  test.each(Object.keys(files))('a Secret with a %s', (mistake) => {
    const name = put('secret.yaml', files[mistake] ?? '')
    const plain = new Map(Object.entries(filesOf(plainTexts)).map(([file, text]) => [file, put(file, text)]))
    for (const { command, words } of invocationsOf(plainTexts)) {
      if (!/^(?:simulate|explain|analyze|lint|get rollout)$/.test(command) || words[0] === 'simulation.yaml') continue
      const { out, err } = run(...command.split(' '), name, ...words.map((word) => plain.get(word) ?? word))
      expect(out + err, `${command} ${words.join(' ')}`).not.toContain(secret)
    }
  })
})
