import { givenList } from '../../model/given'
import { asKind } from '../../model/kinds'
import type { SeriesPoint } from '../../model/series'
import type { SecondsQueue } from '../eventQueue'
import { frameOf } from '../frameOf'
import type { World } from '../world'
import type { WorldEvent } from '../worldEvent'
import type { Model, ModelView, RunningModel } from './model'

/** What the input lists; what is no model is none. */
export const startModels = (models: readonly Model[] | undefined): readonly RunningModel[] =>
  givenList(models)
    .filter((model) => typeof (model as Partial<Model> | null)?.step === 'function')
    .map((model) => ({ model, state: model.start }))

function viewOf(world: World): ModelView {
  const view: ModelView = {
    atSeconds: world.second,
    frame: frameOf(world),
    rollout: asKind('Rollout', world.objects[world.key]),
    objects: world.objects,
  }
  for (const { model, state } of world.models) {
    const sent = model.sends?.(state, view)
    if (sent) return { ...view, sent }
  }
  return view
}

/**
 * Lets every model see the second that ends and act in the next one. Each look counts as a reconcile, so that nobody
 * acts forever.
 */
export function stepModels(world: World, queue: SecondsQueue): void {
  if (world.models.length === 0) return
  const view = viewOf(world)
  world.models = world.models.map(({ model, state: before }, index) => {
    world.reconciles++
    const { state, deeds } = model.step(before, view)
    for (const deed of givenList(deeds)) {
      const event = { atSeconds: world.second + 1, ...deed } as WorldEvent
      queue.add({ second: world.second + 1, event: { event, path: `models[${index}]` } })
    }
    const next = model.next?.(state, view)
    if (next !== undefined && next > world.second && Number.isFinite(next)) queue.add({ second: next })
    return { model, state }
  })
}

/** What the first model that knows the metric says of it. */
export function measuredByModels(world: World, metric: string): SeriesPoint | undefined {
  const measuring = world.models.filter(({ model }) => model.measure !== undefined)
  if (measuring.length === 0) return undefined
  const view = viewOf(world)
  for (const { model, state } of measuring) {
    const point = model.measure?.(state, metric, view)
    if (point !== undefined) return point
  }
  return undefined
}
