import { pictureThemes } from '../pictures/svg/theme'
import { outcomes } from '../simulate/outcome'
import { readApplied } from './appliedFiles'
import { choice, flag, listed, type Option, output, text } from './commandLine/command'
import { controllerOption, rolloutOption, seedOption } from './commandLine/common'
import { commandEvent, plainCommands } from './eventWords'
import { addCrashLoop, setQuota, setReadyAfter, setRequestsPerPod, setSync } from './modelOptions'
import { simulateFormats } from './pictureFormats'
import { readSeriesOption } from './seriesFiles'
import type { SimulateDraft } from './simulateArguments'
import {
  addEvent,
  addMeasurements,
  addPlugin,
  addResource,
  addTimed,
  addUpdate,
  type SecondsOption,
  setExpected,
  setRefusal,
  setSeconds,
  setStart,
} from './simulateValues'

const seconds = (name: string, option: SecondsOption, help: string): Option<SimulateDraft> => ({
  name,
  value: 'TIME',
  help,
  set: (draft, value) => setSeconds(draft, option, `--${name}`, value),
})

/** What may be behind `simulate`; a problem is one sentence that says what to write instead. */
export const simulateOptions: readonly Option<SimulateDraft>[] = [
  {
    name: 'update',
    value: 'IMAGE@TIME',
    help: 'Set the image at a time: web=repo/app:2@10s, or repo/app:2@10s for the only container.',
    set: addUpdate,
  },
  text(
    'apply',
    'FILE@TIME',
    'Apply a changed manifest, or a folder of them, at a time: new.yaml@30s. Without @TIME as soon as the Rollout is Healthy; at once if the Rollout was read from a cluster. Several are applied one after the other.',
    (draft, value) => {
      draft.applied = [...draft.applied, readApplied(value)]
    },
    'files',
  ),
  text(
    'from',
    'REVISION',
    'What runs is FILE as it was at this revision of git (HEAD~1, main, a tag); FILE as it is now is applied once the Rollout is Healthy.',
    (draft, value) => {
      draft.from = value
    },
  ),
  {
    name: 'at',
    value: 'TIME=COMMAND',
    help: 'At a time: promote, promote-full, abort, retry, undo, undo:REVISION, pause, resume, restart, scale:N, scale-workload:N or delete.',
    set: addTimed,
  },
  {
    name: 'when-paused',
    value: 'COMMAND',
    help: 'The same, one second after the Rollout paused; several are used one after the other.',
    completion: Object.keys(plainCommands),
    set: (draft, value) => addEvent(draft, commandEvent(value), { whenPaused: true }, value),
  },
  seconds('until', 'untilSeconds', 'How long to simulate (default 1h).'),
  {
    name: 'expect',
    value: 'END,...',
    help: `How it has to end: ${listed(outcomes)}.`,
    completion: outcomes,
    set: setExpected,
  },
  {
    name: 'start-at',
    value: 'WHEN',
    help: 'When the simulation begins: 2030-01-31T12:00:00Z, or now. Default: the newest time in the files, so that what was read from a cluster goes on with its timers as they are.',
    set: setStart,
  },
  {
    name: 'ready-after',
    value: 'TIME',
    help: 'How long pods take to become ready (default 0s). 10s..40s draws a time for each pod; another --seed draws others.',
    set: setReadyAfter,
  },
  {
    name: 'crash-loop',
    value: 'IMAGE@TIME',
    help: 'Containers of this image end this long after they were ready, and are restarted with the back-off of the kubelet: web:2@30s.',
    set: addCrashLoop,
  },
  {
    name: 'quota',
    value: 'PODS',
    help: 'No more pods than this are made.',
    set: setQuota,
  },
  {
    name: 'load',
    value: 'RATE',
    help: 'Requests per second, or a .csv with the columns requestsPerSecond and atSeconds or time: the HorizontalPodAutoscaler of the files scales by it.',
    completion: 'files',
    set: (draft, value) => {
      draft.load = value
      return undefined
    },
  },
  {
    name: 'requests-per-pod',
    value: 'NUMBER',
    help: 'Requests per second that are 100 % of what a pod can do, for --load.',
    set: setRequestsPerPod,
  },
  {
    name: 'sync',
    value: 'TIME',
    help: 'Another controller (GitOps) applies FILE again and again, so long apart: what people scaled or edited is taken back.',
    set: setSync,
  },
  text(
    'never-ready',
    'IMAGE',
    'Pods with a container, or init container, of this image never become ready.',
    (draft, value) => {
      draft.neverReadyImages = [...draft.neverReadyImages, value]
    },
  ),
  {
    name: 'measure',
    value: 'METRIC=ITEM,...',
    help: "The results of a metric's measurements, one after the other; the last one repeats. An item is Successful, Failed, Inconclusive or Error, or a value that the metric's conditions judge: 0.97, [0.2], text, error:MESSAGE. Metrics without this option are Successful.",
    set: addMeasurements,
  },
  text(
    'series',
    '[METRIC=]FILE',
    'The same from a file: .csv with a column a metric (and perhaps time), .json {"METRIC": [ITEM, ...]}, or of one metric what a server answered; everything that analyze takes.',
    (draft, value) => {
      draft.seriesFiles = [...draft.seriesFiles, readSeriesOption(value)]
    },
    'files',
  ),
  seconds(
    'router-lag',
    'routerLagSeconds',
    'Traffic follows each new weight after this time, even if the next weight comes before.',
  ),
  flag('router-verifies', 'The router can say whether a weight is in effect.', (draft) => {
    draft.routerVerifies = true
  }),
  flag('router-lies', '... and always says yes.', (draft) => {
    draft.routerLies = true
  }),
  {
    name: 'router-refuses',
    value: 'FROM-TO',
    help: 'The router refuses every call from one time until before the other: 40s-2m.',
    set: setRefusal,
  },
  {
    name: 'plugin',
    value: 'NAME=PHASE@TIME',
    help: 'What a plugin answers from a time on: a step plugin Successful (as all of which nothing is said), Failed, Error or Running; a router plugin verified or unverified.',
    set: addPlugin,
  },
  controllerOption((draft: SimulateDraft, version) => {
    draft.controller = version
  }),
  flag(
    'strict',
    'What is not in the files does not exist: what the controller says with exactly these objects.',
    (draft) => {
      draft.strict = true
    },
  ),
  flag(
    'whole-seconds',
    "The controllers' clock shows whole seconds only: what they compare strictly ends a second later.",
    (draft) => {
      draft.wholeSeconds = true
    },
  ),
  {
    name: 'show',
    value: 'KIND/NAME@TIME',
    help: 'Print an object of the traffic router as it stands then: virtualservice/web@2m.',
    set: (draft, value) => addResource(draft, '--show', value),
  },
  {
    name: 'diff',
    value: 'KIND/NAME@FROM..TO',
    help: 'Print what differs of it between two times: ingress/web@10s..2m.',
    set: (draft, value) => addResource(draft, '--diff', value),
  },
  flag('events', "Print the controller's events below the table.", (draft) => {
    draft.showEvents = true
  }),
  flag(
    'summary',
    'Print below the table how long each phase and pause took, how updates ended and how many requests they got, the most pods and the fewest that were available.',
    (draft) => {
      draft.summary = true
    },
  ),
  flag(
    'trace',
    'Print every turn of a controller below the table: router calls, changes and states in order, also those that last no second.',
    (draft) => {
      draft.trace = true
    },
  ),
  seedOption((draft: SimulateDraft, seed) => {
    draft.seed = seed
  }),
  rolloutOption((draft: SimulateDraft, name) => {
    draft.rollout = name
  }),
  text(
    'report',
    'FILE',
    'Also write a page to this file (out.html): the picture, a slider over time with objects and differences, tables. It is one file that loads nothing.',
    (draft, file) => {
      draft.report = file
    },
    'files',
  ),
  choice(
    'theme',
    pictureThemes,
    'The colours of --output svg and of the page: auto (default) follows the reader.',
    (draft: SimulateDraft, theme) => {
      draft.theme = theme
    },
  ),
  output(
    simulateFormats,
    'Default table. chart is a small chart for a terminal, svg a picture, mermaid a Gantt chart and markdown a summary for pull requests, csv a row for each state and revision. json prints {"frames": [...], "events": [...], "issues": [...], "assumed": [...], "outcome": "healthy", "recorded": {"frames": [...]}}; "trace": [...] with --trace. "recorded" has the frames in the names of recordings: {"pods": {"2": [wanted, available]}}.',
    (draft, format) => {
      draft.format = format
    },
  ),
]
