import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// docs/reference/limits.md as data: what is limited, and where the number stands in the code. The numbers are read there.

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const limitsPage = join(root, 'docs/reference/limits.md')

interface Limit {
  readonly what: string
  /** File of src/ and the name that the number has there. */
  readonly file: string
  readonly name: string
  readonly unit: string
  /** What happens beyond it. */
  readonly beyond: string
  /** The option that changes it. */
  readonly option?: string
}

export interface Section {
  readonly title: string
  readonly limits: readonly Limit[]
}

export const sections: readonly Section[] = [
  {
    title: 'Texts that are read',
    limits: [
      ['text of manifests, of a configuration or of a series', 'maxBytes', 'bytes', 'issue `too-large`'],
      ['nesting of a document or value', 'maxDepth', 'levels', 'issue `too-deep`'],
      ['YAML documents of one text', 'maxDocuments', 'documents', 'issue `too-many-documents`'],
      ['tokens of one YAML document, or of one object of a long `List`', 'maxTokens', 'tokens', 'issue `too-large`'],
      ['nodes that YAML aliases represent', 'maxAliasNodes', 'nodes', 'issue `too-many-aliases`'],
      ['issues that are reported', 'maxIssues', 'issues', 'one more says how many were left out'],
    ].map(([what = '', name = '', unit = '', beyond = '']) => ({
      what,
      file: 'input/limits.ts',
      name,
      unit,
      beyond,
      option: name,
    })),
  },
  {
    title: 'Observations and other data',
    limits: [
      {
        what: 'items of a list',
        file: 'kube/types/fits.ts',
        name: 'mostListItems',
        unit: 'items',
        beyond: 'the list counts as missing, with a blocker `malformed`',
      },
      {
        what: 'nodes of a field that has no type (settings of providers and plugins)',
        file: 'model/json.ts',
        name: 'mostNodes',
        unit: 'nodes',
        beyond: 'the field counts as missing, with a blocker `malformed`',
      },
      {
        what: 'blockers `malformed` that are listed',
        file: 'model/malformed.ts',
        name: 'mostPaths',
        unit: 'paths',
        beyond: 'one more says how many were left out',
      },
      {
        what: 'ReplicaSets of one Rollout beside its history',
        file: 'rollout/revision/growthFence.ts',
        name: 'mostBesideHistory',
        unit: 'ReplicaSets',
        beyond: 'no more is made, blocker `growth`',
      },
    ],
  },
  {
    title: 'Conditions',
    limits: [
      {
        what: 'text of a condition',
        file: 'expr/run.ts',
        name: 'length',
        unit: 'characters',
        beyond: 'issue `condition-budget`',
      },
      {
        what: 'nodes of a condition',
        file: 'expr/run.ts',
        name: 'nodes',
        unit: 'nodes',
        beyond: 'issue `condition-budget`',
      },
      {
        what: 'nesting of a condition',
        file: 'expr/run.ts',
        name: 'depth',
        unit: 'levels',
        beyond: 'issue `condition-budget`',
      },
      {
        what: 'steps of one evaluation, some 25 ms',
        file: 'expr/run.ts',
        name: 'defaultSteps',
        unit: 'steps',
        beyond: 'issue `condition-budget`',
        option: 'steps',
      },
      {
        what: 'memory that one evaluation may allocate',
        file: 'expr/evaluate/machine.ts',
        name: 'memoryBudget',
        unit: 'units, as expr counts them',
        beyond: 'the measurement is in error',
      },
      {
        what: 'text that a condition makes',
        file: 'expr/evaluate/machine.ts',
        name: 'longestString',
        unit: 'characters',
        beyond: 'the measurement is in error',
      },
      {
        what: 'repeats of a text',
        file: 'expr/builtins/strings.ts',
        name: 'mostRepeats',
        unit: 'times',
        beyond: 'the measurement is in error',
      },
      {
        what: 'pattern of a regular expression',
        file: 'go/regex.ts',
        name: 'mostPatternLength',
        unit: 'characters',
        beyond: 'the condition does not compile',
      },
      {
        what: 'JSONPath',
        file: 'metrics/jsonPath/parse.ts',
        name: 'maxLength',
        unit: 'characters',
        beyond: 'the measurement is in error',
      },
      {
        what: 'steps of a JSONPath through a body',
        file: 'metrics/jsonPath/evaluate.ts',
        name: 'maxSteps',
        unit: 'steps',
        beyond: 'the measurement is in error',
      },
    ],
  },
  {
    title: 'Requests and hosts',
    limits: [
      {
        what: 'body of a response, after decompression',
        file: 'adapters/send.ts',
        name: 'maxBodyBytes',
        unit: 'bytes',
        beyond: 'reading ends, the request failed',
        option: 'maxBodyBytes',
      },
      {
        what: 'time of a request that names none',
        file: 'adapters/send.ts',
        name: 'timeoutSeconds',
        unit: 'seconds',
        beyond: 'the request failed',
        option: 'timeoutSeconds',
      },
      {
        what: 'redirects of a request',
        file: 'metrics/http/redirect.ts',
        name: 'maxHops',
        unit: 'redirects',
        beyond: 'the measurement is in error, as in Go',
      },
      {
        what: 'value, message or metadata of a measurement',
        file: 'metrics/exchange/shortened.ts',
        name: 'longestText',
        unit: 'characters',
        beyond: 'the rest is cut off, and `… (cut off)` says so',
      },
      {
        what: 'events that wait to be emitted',
        file: 'adapters/outbox.ts',
        name: 'mostWaitingEvents',
        unit: 'events',
        beyond: 'the oldest are dropped',
      },
      {
        what: 'rounds of questions in one reconcile of a host',
        file: 'adapters/reconcileObject.ts',
        name: 'mostRounds',
        unit: 'rounds',
        beyond: '`reconcileOnce` rejects: a mistake of the host',
      },
      {
        what: 'wait before a failing host is tried again',
        file: 'adapters/drive.ts',
        name: 'longestRetrySeconds',
        unit: 'seconds',
        beyond: 'it is tried again after this time',
      },
    ],
  },
  {
    title: 'Simulations and checks',
    limits: [
      {
        what: 'horizon of a simulation',
        file: 'simulate/clock.ts',
        name: 'mostSeconds',
        unit: 'seconds',
        beyond: 'issue `wrong-time`',
        option: 'untilSeconds',
      },
      {
        what: 'pods that are modelled one by one (restarts, pod metadata)',
        file: 'simulate/podObjects.ts',
        name: 'mostPodObjects',
        unit: 'pods',
        beyond: 'the run is cut off, issue `too-many-pods`',
      },
      {
        what: 'objects that a simulation makes and keeps',
        file: 'simulate/runWorld.ts',
        name: 'mostNewObjects',
        unit: 'objects',
        beyond: 'the run is cut off, issue `too-many-objects`',
      },
      {
        what: 'reconciles within one simulated second',
        file: 'simulate/settle.ts',
        name: 'mostRoundsPerSecond',
        unit: 'rounds',
        beyond: 'the next second goes on',
      },
      {
        what: 'reconciles of one simulation',
        file: 'simulate/runWorld.ts',
        name: 'mostReconciles',
        unit: 'reconciles',
        beyond: 'the run is cut off, issue `too-long`',
        option: 'maxReconciles',
      },
      {
        what: 'reconciles of one preview of `outlook` and `explain`',
        file: 'explain/outlook.ts',
        name: 'mostReconciles',
        unit: 'reconciles',
        beyond: 'the preview ends there, and says so in `assumes`',
        option: 'maxReconciles',
      },
      {
        what: 'reconciles of one way of `checkEveryWay`',
        file: 'check/limits.ts',
        name: 'mostReconciles',
        unit: 'reconciles',
        beyond: 'the way is cut off, nothing is proven, issue `too-long`',
        option: 'maxReconciles',
      },
      {
        what: 'reconciles of `checkEveryWay` for each state that it may reach',
        file: 'check/limits.ts',
        name: 'mostReconcilesForState',
        unit: 'reconciles',
        beyond: 'it gives up, nothing is proven, issue `too-long`',
        option: 'mostStates',
      },
      {
        what: 'random runs of `check`',
        file: 'check/limits.ts',
        name: 'mostRuns',
        unit: 'runs',
        beyond: 'no more are tried; the report says how many were',
        option: 'runs',
      },
      {
        what: 'values in the window of a recorded series',
        file: 'input/answers/window.ts',
        name: 'mostWindowValues',
        unit: 'values',
        beyond: 'issue',
      },
      {
        what: 'cells of a series in CSV',
        file: 'input/series/seriesCsv.ts',
        name: 'mostCells',
        unit: 'cells',
        beyond: 'issue `series-syntax`, nothing is read',
      },
      {
        what: 'measurements of a series in JSON or YAML',
        file: 'input/series/seriesJson.ts',
        name: 'mostMeasurements',
        unit: 'measurements',
        beyond: 'issue `series-syntax`, the rest is not read',
      },
    ],
  },
  {
    title: 'Lint',
    limits: [
      {
        what: 'objects of a kind in one namespace among which a misspelt reference is looked for',
        file: 'lint/rules/referenceMisspelt.ts',
        name: 'mostNames',
        unit: 'objects',
        beyond: '`reference-misspelt` finds nothing for that kind',
      },
    ],
  },
  {
    title: 'Notifications',
    limits: [
      {
        what: 'text of a template, and what it prints',
        file: 'notifications/template/execute.ts',
        name: 'mostCharacters',
        unit: 'characters',
        beyond: 'issue',
      },
      {
        what: 'steps of a template',
        file: 'notifications/template/execute.ts',
        name: 'mostSteps',
        unit: 'steps',
        beyond: 'issue',
      },
    ],
  },
]

/** The number that a file gives a name, as a person reads it. Undefined where there is none. */
export function numberOf(file: string, name: string): string | undefined {
  const text = readFileSync(join(root, 'src', file), 'utf8')
  const written = new RegExp(String.raw`\b${name}(?: = |: )([\d_.e]+)n?(?:[ ,]|\n|$)`).exec(text)?.[1]
  return written === undefined ? undefined : grouped(Number(written.replaceAll('_', '')))
}

const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',')

export const limitsTables = (): string =>
  sections
    .map(({ title, limits }) => {
      const rows = limits.map(
        ({ what, file, name, unit, beyond, option }) =>
          `| ${what} | ${numberOf(file, name) ?? '?'} ${unit} | ${beyond} | ${option === undefined ? '-' : `\`${option}\``} |`,
      )
      return `## ${title}\n\n| what | limit | beyond it | option |\n|---|---|---|---|\n${rows.join('\n')}\n`
    })
    .join('\n')
