import { newestRelease } from '../model/controllerVersion'
import { formatTime } from '../model/time'
import { waitingIssues } from './act'
import { explainExperiment } from './explainExperiment'
import { laterFields } from './laterFields'
import { outcomeOf } from './outcome'
import { withAt } from './pastObjects'
import { withPods } from './podObjects'
import type { Timeline } from './simulation'
import type { World } from './world'

/** Everything up to now, as data. */
export function timelineOf(world: World, untilSeconds: number): Timeline {
  const why = explainExperiment(world.objects, world.key, formatTime(world.start + untilSeconds))
  const [resources, history] = [world.resources.copy(), world.history.copy()]
  let states: Timeline['resources'] | undefined
  let past: Timeline['history'] | undefined
  const { started } = world
  const known = {
    controller: world.input.options?.controller ?? newestRelease,
    key: world.key,
    startAt: formatTime(world.start),
    deeds: [...world.deeds],
    ...(why === undefined ? {} : { experimentEnd: why }),
    frames: [...world.frames],
    ...(world.input.trace && { trace: [...world.trace] }),
    events: [...world.events],
    issues: [...world.issues, ...waitingIssues(world)],
    assumed: [...world.assumed],
    outcome: outcomeOf(world.objects[world.key], world.looks.get(world.key)?.error),
    objects: withPods(world),
    resources: undefined,
    reconciles: world.reconciles,
    history: undefined,
    untilSeconds,
  }
  return withAt(
    withPast(known, {
      resources: () => {
        states ??= resources.items()
        return states
      },
      history: () => {
        past ??= { start: started, seconds: history.items() }
        return past
      },
    }),
  )
}

const withPast = laterFields<Pick<Timeline, 'resources' | 'history'>>('resources', 'history')
