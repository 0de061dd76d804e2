import { parseTime } from '../model/time'
import { painted, unpainted } from './icons'
import { type ImageView, imagesOf, imagesOfExperiment } from './images'
import { experimentTree, type Pen, rolloutTree } from './renderTree'
import type { ExperimentView, RolloutView } from './rolloutView'
import { padded } from './table'
import { wellFormedExperimentView, wellFormedOptions, wellFormedView } from './wellFormedViews'

/** How a view is printed. */
export interface RenderOptions {
  /** RFC 3339: ages and delays are counted from here. */
  readonly now: string
  /** Colours for a terminal. Default: none, as with `--no-color`. */
  readonly colour?: boolean
}

/**
 * Prints a Rollout as `kubectl argo rollouts get rollout` does, byte for byte: what it is, its images and replicas, and
 * the tree of its revisions. Lines end with a line end, the last one too.
 *
 * Where `now` is not a time, ages count from 1970. Texts of the view are printed as they are; a program that prints
 * what others wrote escapes control characters first.
 *
 * Source: behaviour 8.2.
 *
 * @example
 * ```ts
 * import { describeRollout, renderRollout } from 'rollout-engine/view'
 *
 * const view = describeRollout({
 *   rollout: {
 *     metadata: { name: 'web', namespace: 'shop', creationTimestamp: '2030-01-01T00:00:00Z' },
 *     spec: { replicas: 2, strategy: { blueGreen: { activeService: 'web' } } },
 *     status: { phase: 'Healthy', replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2 },
 *   },
 *   replicaSets: [],
 * })
 * renderRollout(view, { now: '2030-01-01T00:27:00Z' }).split('\n').at(-2) // '⟳ web  Rollout  ✔ Healthy  27m  '
 * ```
 */
export function renderRollout(given: RolloutView, options: RenderOptions): string {
  const view = wellFormedView(given)
  const pen = penOf(options)
  const weights = view.strategy === 'Canary' ? canaryRows(view) : []
  const rows: readonly Row[] = [
    ['Name:', view.objectMeta.name],
    ['Namespace:', view.objectMeta.namespace],
    ['Status:', `${pen.paint(view.icon)} ${view.status}`],
    ...messageRow(view),
    ['Strategy:', view.strategy],
    ...weights,
    ...imageRows(imagesOf(view), pen),
  ]
  const replicas: readonly Row[] = [
    ['  Desired:', view.desired],
    ['  Current:', view.current],
    ['  Updated:', view.updated],
    ['  Ready:', view.ready],
    ['  Available:', view.available],
  ]
  return textOf([...rows.map(rowLine), 'Replicas:', ...replicas.map(rowLine), '', ...rolloutTree(view, pen)])
}

/**
 * Prints an Experiment as `kubectl argo rollouts get experiment` does, byte for byte; see `renderRollout`.
 *
 * Source: behaviour 8.2.
 *
 * @example
 * ```ts
 * import { describeExperiment, renderExperiment } from 'rollout-engine/view'
 *
 * const experiment = { metadata: { name: 'bake-off', namespace: 'shop' }, spec: { templates: [] }, status: { phase: 'Running' } } as const
 * const text = renderExperiment(describeExperiment({ experiment, replicaSets: [] }), { now: '2030-01-01T00:00:00Z' })
 * text.split('\n')[2] // 'Status:          ◌ Running'
 * ```
 */
export function renderExperiment(given: ExperimentView, options: RenderOptions): string {
  const view = wellFormedExperimentView(given)
  const pen = penOf(options)
  const rows: readonly Row[] = [
    ['Name:', view.objectMeta.name],
    ['Namespace:', view.objectMeta.namespace],
    ['Status:', `${pen.paint(view.icon)} ${view.status}`],
    ...messageRow(view),
    ...imageRows(imagesOfExperiment(view), pen),
  ]
  return textOf([...rows.map(rowLine), '', ...experimentTree(view, pen)])
}

type Row = readonly [label: string, value: string | number]

function penOf(options: RenderOptions): Pen {
  const { now, colour } = wellFormedOptions(options)
  return { now: parseTime(now) ?? 0, paint: colour ? painted : unpainted }
}

const rowLine = ([label, value]: Row): string => `${padded(label, 17)}${value}`

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')

const messageRow = ({ message }: { readonly message: string }): readonly Row[] =>
  message === '' ? [] : [['Message:', message]]

const canaryRows = ({ step, setWeight, actualWeight }: RolloutView): readonly Row[] => [
  ['  Step:', step],
  ['  SetWeight:', setWeight],
  ['  ActualWeight:', actualWeight],
]

const imageRows = (images: readonly ImageView[], { paint }: Pen): readonly Row[] =>
  images.map(({ image, tags }, index): Row => {
    const named = tags.length === 0 ? image : `${image} (${tags.map((tag) => paint(tag)).join(', ')})`
    return [index === 0 ? 'Images:' : '', named]
  })
