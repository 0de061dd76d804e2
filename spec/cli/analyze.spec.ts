import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { expectedOutput } from '../../examples/run'
import { readGiven } from '../../src/cli/commandLine/readWords'
import { analyzeDefinition } from '../../src/cli/commands/analyze'
import { runCommandLine } from '../../src/cli/runCommandLine'
import { bundledCommand } from '../bundled'

const main = bundledCommand()

const template = `apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: {name: success-rate}
spec:
  args:
  - name: service
  metrics:
  - name: success-rate
    interval: 30s
    count: 4
    failureLimit: 1
    successCondition: result[0] >= 0.95
    provider:
      prometheus:
        address: http://prometheus.example:9090
        query: rate(requests{service="{{args.service}}"}[1m])
`
const files: Readonly<Record<string, string>> = {
  'template.yaml': template,
  'broken.yaml': template.replace('- name: service', '- name: least'),
  'wrong.yaml': template.replace('>= 0.95', '>= 0.95)').replace('interval: 30s', 'interval: 30 s'),
  'both.yaml': `${template}---\n${template.replace('{name: success-rate}', '{name: other}')}`,
  'run.yaml': template
    .replace('AnalysisTemplate', 'AnalysisRun')
    .replace('failureLimit: 1', 'failureLimit: 0')
    .replace('- name: service', '- {name: service, value: web}')
    .concat(`status:
  phase: Failed
  metricResults:
  - name: success-rate
    phase: Failed
    count: 3
    failed: 1
    error: 1
    measurements:
    - {phase: Error, message: no route}
    - {phase: Successful, value: '[0.99]'}
    - {phase: Failed, value: '[0.4]'}
`),
  'healthy.csv': 'seconds,success-rate\n0,0.99\n40,0.97\n',
  'failing.json': '{"success-rate": [0.99, 0.5, 0.96, 0.4]}',
  'bare.csv': 'time,value\n2026-02-03T10:00:00Z,0.99\n2026-02-03T10:01:00Z,0.3\n',
  'mistakes.csv': 'seconds,success-rate\n0,0.99\nsoon,0.9\n60,0.9,7\n',
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'analyze-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Outcome {
  readonly stdout: string
  readonly stderr: string
  readonly status: number
}

/** In this process, which is faster; with the files' names as they are written. */
function run(words: string): Outcome {
  const written = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      written[stream] += String(text).replaceAll(`${folder}/`, '')
      return true
    }),
  )
  try {
    const placed = words.split(' ').map((word) => word.replace(/(^|=)(\w+\.(?:yaml|csv|json))$/, `$1${folder}/$2`))
    const status = runCommandLine(['analyze', ...placed])
    if (typeof status !== 'number') throw new Error('analyze goes on after it returned')
    return { status, ...written }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

describe('rollout-engine analyze', () => {
  test('prints every measurement and the verdict, which is the exit code', () => {
    const { stdout, stderr, status } = run('template.yaml --series failing.json --arg service=web')
    expect(stderr).toBe('')
    expect(stdout).toBe(
      [
        'TIME   METRIC        VALUE   PHASE       SO FAR                  WHY',
        '0s     success-rate  [0.99]  Successful  1 successful            successCondition "result[0] >= 0.95" holds',
        '30s    success-rate  [0.5]   Failed      1 successful, 1 failed  successCondition "result[0] >= 0.95" does not hold: result[0] is 0.5',
        '1m00s  success-rate  [0.96]  Successful  2 successful, 1 failed  successCondition "result[0] >= 0.95" holds',
        '1m30s  success-rate  [0.4]   Failed      2 successful, 2 failed  successCondition "result[0] >= 0.95" does not hold: result[0] is 0.4',
        '',
        'Failed at 1m30s: Metric "success-rate" assessed Failed due to failed (2) > failureLimit (1)',
        '  measured last at 1m30s: [0.4]: successCondition "result[0] >= 0.95" does not hold: result[0] is 0.4',
        'as Argo Rollouts v1.10 decides',
        '',
      ].join('\n'),
    )
    expect(status).toBe(3)
  })

  test.for([
    ['--series healthy.csv', 0, 'Successful'],
    ['--measure success-rate=0.9,0.9', 3, 'Failed'],
    ['--measure success-rate=Error,Error,Error,Error,Error', 4, 'Error'],
    ['--measure success-rate=1,Inconclusive', 5, 'Inconclusive'],
    ['--measure success-rate=0.9,0.9 --dry-run success', 0, 'Successful'],
    ['--measure success-rate=0.99 --until 40s', 0, 'Successful'],
    ['--series bare.csv --start 2026-02-03T10:00:50Z', 3, 'Failed'],
    ['--series success-rate=bare.csv --start 60s', 3, 'Failed'],
  ] as const)('%s: exit code %i', ([words, code, verdict]) => {
    const { stdout, status } = run(`template.yaml ${words} --arg service=web --output json`)
    expect(JSON.parse(stdout)).toMatchObject({ verdict, issues: [] })
    expect(status).toBe(code)
  })

  test('reads standard input, chooses a template by name, and says what it took for granted', () => {
    const words = ['analyze', '-', '--measure', 'success-rate=1', '--template', 'other']
    const options = { input: files['both.yaml'], encoding: 'utf8' } as const
    const { stdout, stderr, status } = spawnSync(process.execPath, [main, ...words], options)
    expect(stdout).toContain('Successful at 1m30s')
    expect(stderr).toMatch(/^-:23: spec\.args\[0\]: warning: args\.service has no value/)
    expect(status).toBe(0)
  })

  test('replays what an AnalysisRun has recorded', () => {
    const { stdout, stderr, status } = run('run.yaml')
    expect(stdout).toMatch(
      /^0s +success-rate +- +Error +1 error +no route\n10s +success-rate +\[0.99\].*\n40s +success-rate +\[0.4\]/m,
    )
    expect(stdout).toContain(
      'Failed at 40s: Metric "success-rate" assessed Failed due to failed (1) > failureLimit (0)',
    )
    expect(stderr).toMatch(/^run\.yaml:25: status\.metricResults\[0\]\.measurements: warning: the first 1 measurements/)
    expect(status).toBe(3)
  })

  test('names file, line and path of all that is wrong, and exits with 1', () => {
    const { stdout, stderr, status } = run('broken.yaml --series mistakes.csv')
    expect(stdout).toBe('')
    expect(status).toBe(1)
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^mistakes\.csv:3: success-rate: "soon" is no time/),
      expect.stringMatching(/^mistakes\.csv:4: 3 cells under 2 columns/),
      expect.stringMatching(/^broken\.yaml:6: spec\.args\[0\]: warning: args\.least has no value/),
      expect.stringMatching(/^broken\.yaml:8: spec\.metrics\[0\]: failed to resolve \{\{args\.service\}\}/),
    ])
    expect(run('wrong.yaml --measure success-rat=1').stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^wrong\.yaml:6: spec\.args\[0\]: warning: args\.service has no value/),
      expect.stringMatching(/^wrong\.yaml:8: spec\.metrics\[0\]: invalid interval string/),
      expect.stringMatching(/^wrong\.yaml:12: spec\.metrics\[0\]\.successCondition: unexpected token .* at column 18/),
      "success-rate: there is no series for metric 'success-rate'",
      expect.stringMatching(/^success-rat: warning: no metric is called 'success-rat': there are success-rate/),
    ])
  })

  test.for([
    ['both.yaml --measure success-rate=1', 1, 'say which one is meant, with --template: there are success-rate, other'],
    ['both.yaml --measure success-rate=1 --template gone', 1, "no template is called 'gone'"],
    ['nowhere.yaml --measure success-rate=1', 1, 'cannot read nowhere.yaml'],
    ['healthy.csv --measure success-rate=1', 1, 'healthy.csv:1:'],
    ['template.yaml', 2, 'say what was measured'],
  ] as const)('%s: exit code %i', ([words, code, text]) => {
    const { stderr, status } = run(words)
    expect(stderr).toContain(text)
    expect(stderr).not.toMatch(/^ +at /m)
    expect(status).toBe(code)
  })

  test('--help tells options and exit codes', () => {
    const { stdout, status } = run('--help')
    expect(stdout).toContain('usage: rollout-engine analyze FILE... [options]')
    expect(stdout).toContain('  3   Failed\n  4   Error\n  5   Inconclusive\n')
    expect(status).toBe(0)
  })
})

describe('the words behind analyze', () => {
  const parse = (words: string) => readGiven(analyzeDefinition, words.split(' '))

  test('options, with = or the next word', () => {
    expect(
      parse(
        'a.yaml b.yaml --series m=s.csv --series=t.json --measure m=0.9,[0.1,0.2],Failed --measure m=1 --arg a=b=c --template x --dry-run=.* --start 2m --until 90 --after-end no-data --output json',
      ),
    ).toEqual({
      given: {
        files: ['a.yaml', 'b.yaml'],
        seriesFiles: [{ file: 's.csv', metric: 'm' }, { file: 't.json' }],
        series: { m: [{ value: 0.9 }, { value: [0.1, 0.2] }, { phase: 'Failed' }, { value: 1 }] },
        args: [{ name: 'a', value: 'b=c' }],
        templates: ['x'],
        dryRun: [{ metricName: '.*' }],
        startAtSeconds: 120,
        terminateAtSeconds: 90,
        afterEnd: 'noData',
        controller: 'v1.10',
        strict: false,
        format: 'json',
      },
    })
  })

  test.for([
    ['--measure m=1', 'name a file'],
    ['- --series -', 'only once'],
    ['a --series', '--series needs a value'],
    ['a --measure m', '--measure wants METRIC=ITEM'],
    ['a --measure m=1 --arg x', '--arg wants NAME=VALUE'],
    ['a --measure m=1 --arg x=1 --arg x=2', 'given twice'],
    ['a --measure m=1 --start soon', '--start wants a time'],
    ['a --measure m=1 --until soon', '--until wants a time'],
    ['a --measure m=1 --output xml', '--output is table or json'],
    ['a --measure m=1 --after-end stop', '--after-end is repeat-last or no-data'],
    ['a --measure m=1 --toString x', 'unknown option --toString'],
    ['a -x', 'unknown option -x'],
  ] as const)('%s: %s', ([words, problem]) => {
    expect(parse(words)).toEqual({ problem: expect.stringContaining(problem) })
  })
})

test('the guide shows what the example prints', () => {
  const guide = readFileSync(fileURLToPath(new URL('../../docs/guides/analysis.md', import.meta.url)), 'utf8')
  const [, command = '', printed = ''] =
    /```bash\nnpx (rollout-engine analyze.*)\n```\n\n```\n([^`]+)```/.exec(guide) ?? []
  expect(command).not.toBe('')
  expect(expectedOutput('05-prometheus-analysis')).toContain(`$ ${command}\n\n${printed}`)
})
