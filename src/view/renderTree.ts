import { parseTime } from '../model/time'
import { ageText, spanText } from './age'
import { kindIcons, type Paint, verdictIcons } from './icons'
import type { AnalysisRunView, ExperimentView, JobView, PodView, ReplicaSetView, RolloutView } from './rolloutView'
import { tableLines } from './table'

/** How a tree is printed: ages are counted from `now`, in seconds. */
export interface Pen {
  readonly now: number
  readonly paint: Paint
}

/** One row of the tree, before the lines that connect it are drawn. */
interface Node {
  readonly icon: string
  readonly name: string
  readonly kind: string
  readonly status: string
  readonly age: string
  readonly info: string
  readonly children: readonly Node[]
}

const heading = ['NAME', 'KIND', 'STATUS', 'AGE', 'INFO']

export const rolloutTree = (view: RolloutView, pen: Pen): readonly string[] => drawn(rolloutNode(view, pen))
export const experimentTree = (view: ExperimentView, pen: Pen): readonly string[] => drawn(experimentNode(view, pen))

const drawn = (root: Node): readonly string[] => tableLines([heading, ...rowsOf(root, '', '')])

/** The root has no lines; below it every line shows whether more follows on its level. */
function rowsOf(node: Node, prefix: string, indent: string): readonly (readonly string[])[] {
  const { icon, name, kind, status, age, info, children } = node
  const below = children.flatMap((child, index) => {
    const [branch, rest] = index < children.length - 1 ? ['├──', '│  '] : ['└──', '   ']
    return rowsOf(child, `${indent}${branch}`, `${indent}${rest}`)
  })
  return [[`${prefix}${icon} ${name}`, kind, status, age, info], ...below]
}

const statusCell = ({ icon, status }: { readonly icon: string; readonly status: string }, { paint }: Pen): string =>
  `${paint(icon)} ${status}`

function rolloutNode(view: RolloutView, pen: Pen): Node {
  return {
    icon: kindIcons.rollout,
    name: view.objectMeta.name,
    kind: 'Rollout',
    status: statusCell(view, pen),
    age: ageText(pen.now, view.objectMeta.creationTimestamp),
    info: '',
    children: revisionsOf(view).map((revision) => revisionNode(view, revision, pen)),
  }
}

/** Revisions of anything that hangs below the Rollout, the newest first. */
function revisionsOf({ replicaSets, experiments, analysisRuns }: RolloutView): readonly number[] {
  const all = [...replicaSets, ...experiments, ...analysisRuns].map(({ revision }) => revision)
  return [...new Set(all)].sort((left, right) => right - left)
}

function revisionNode({ replicaSets, experiments, analysisRuns }: RolloutView, revision: number, pen: Pen): Node {
  const own = <T extends { readonly revision: number }>(list: readonly T[]): readonly T[] =>
    list.filter((one) => one.revision === revision)
  return {
    icon: kindIcons.revision,
    name: `revision:${revision}`,
    kind: '',
    // Upstream prints an icon and a phase that are both empty.
    status: ' ',
    age: '',
    info: '',
    children: [
      ...own(replicaSets).map((set) => replicaSetNode(set, pen)),
      ...own(experiments).map((experiment) => experimentNode(experiment, pen)),
      ...own(analysisRuns).map((run) => analysisRunNode(run, pen)),
    ],
  }
}

function experimentNode(view: ExperimentView, pen: Pen): Node {
  return {
    icon: kindIcons.experiment,
    name: pen.paint(view.objectMeta.name, view.status),
    kind: 'Experiment',
    status: statusCell(view, pen),
    age: ageText(pen.now, view.objectMeta.creationTimestamp),
    info: '',
    children: [
      ...view.replicaSets.map((set) => replicaSetNode(set, pen)),
      ...view.analysisRuns.map((run) => analysisRunNode(run, pen)),
    ],
  }
}

function replicaSetNode(view: ReplicaSetView, pen: Pen): Node {
  const roles = shownRoles(view)
  const delay = view.scaleDownDeadline === '' ? [] : [`delay:${delayText(view.scaleDownDeadline, pen.now)}`]
  return {
    icon: kindIcons.replicaSet,
    name: roles.reduce((name, role) => pen.paint(name, role), view.objectMeta.name),
    kind: 'ReplicaSet',
    status: statusCell(view, pen),
    age: ageText(pen.now, view.objectMeta.creationTimestamp),
    info: [...roles.map((role) => pen.paint(role)), ...delay].join(','),
    children: view.pods.map((pod) => podNode(pod, pen)),
  }
}

/** Canary, active and preview exclude each other in the tree, the first one wins. */
function shownRoles(view: ReplicaSetView): readonly string[] {
  const exclusive = (['canary', 'active', 'preview'] as const).find((role) => view[role])
  return [
    ...(view.stable ? ['stable'] : []),
    ...(exclusive ? [exclusive] : []),
    ...(view.ping ? ['ping'] : []),
    ...(view.pong ? ['pong'] : []),
  ]
}

/** Empty if the annotation holds no time. */
function delayText(deadline: string, now: number): string {
  const seconds = parseTime(deadline)
  if (seconds === undefined) return ''
  return seconds < now ? 'passed' : spanText(seconds - now)
}

function podNode(view: PodView, pen: Pen): Node {
  const restarts = view.restarts > 0 ? [`restarts:${view.restarts}`] : []
  return {
    icon: kindIcons.pod,
    name: view.objectMeta.name,
    kind: 'Pod',
    status: statusCell(view, pen),
    age: ageText(pen.now, view.objectMeta.creationTimestamp),
    info: [`ready:${view.ready}`, ...restarts].join(','),
    children: [],
  }
}

const verdicts = ['successful', 'failed', 'inconclusive', 'error'] as const

function analysisRunNode(view: AnalysisRunView, pen: Pen): Node {
  const counted = verdicts.filter((verdict) => view[verdict] > 0)
  return {
    icon: kindIcons.analysisRun,
    name: pen.paint(view.objectMeta.name, view.status),
    kind: 'AnalysisRun',
    status: statusCell(view, pen),
    age: ageText(pen.now, view.objectMeta.creationTimestamp),
    info: counted.map((verdict) => `${pen.paint(verdictIcons[verdict])} ${view[verdict]}`).join(','),
    children: view.jobs.map((job) => jobNode(job, pen)),
  }
}

const jobNode = (view: JobView, pen: Pen): Node => ({
  icon: kindIcons.job,
  name: pen.paint(view.objectMeta.name, view.status),
  kind: 'Job',
  status: statusCell(view, pen),
  age: ageText(pen.now, view.objectMeta.creationTimestamp),
  info: '',
  children: [],
})
