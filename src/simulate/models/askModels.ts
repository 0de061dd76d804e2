import type { PodLife } from '../podGroup'
import { noRules, type PodRules, type Room } from '../podRules'
import type { World } from '../world'
import type { RunningModel } from './model'

// What the world asks of models besides their steps.

type Asked = Pick<World, 'models' | 'second'>

/** What all models say of pods. */
export function podRulesOf({ models, second }: Asked): PodRules {
  const ofPods = models.filter(({ model }) => model.pod !== undefined)
  const room = roomOf(models, second)
  if (ofPods.length === 0) return room ? { lifeOf: undefined, room } : noRules
  const lifeOf = (images: readonly string[], number: number): PodLife | undefined => {
    let life: PodLife = {}
    for (const { model, state } of ofPods)
      life = { ...soundLife(model.pod?.(state, { atSeconds: second, images, number })), ...life }
    return Object.keys(life).length === 0 ? undefined : life
  }
  return { lifeOf, room }
}

/** Only times that can be. */
function soundLife(life: PodLife | undefined): PodLife {
  const { readyAfterSeconds, crashAfterSeconds } = life ?? {}
  return {
    ...(isTime(readyAfterSeconds) && { readyAfterSeconds }),
    ...(isTime(crashAfterSeconds) && { crashAfterSeconds }),
  }
}

const isTime = (seconds: number | undefined): boolean => typeof seconds === 'number' && seconds >= 0

/** The least that any model says; undefined where none speaks of it. */
function roomOf(models: readonly RunningModel[], second: number): Room | undefined {
  let room: Room | undefined
  for (const { model, state } of models) {
    const said = model.room?.(state, second)
    if (!said) continue
    const pods = least(room?.pods, said.pods)
    const running = least(room?.running, said.running)
    room = { ...(pods !== undefined && { pods }), ...(running !== undefined && { running }) }
  }
  return room
}

const least = (one: number | undefined, other: number | undefined): number | undefined => {
  const said = [one, other].filter((number) => typeof number === 'number' && !Number.isNaN(number))
  return said.length === 0 ? undefined : Math.max(0, Math.min(...(said as number[])))
}

export const isSameRoom = (one: Room | undefined | null, other: Room | undefined | null): boolean =>
  one?.pods === other?.pods && one?.running === other?.running

/** Why a model lets the router refuse a call. */
export function refusedByModels({ models, second }: Asked, call: string): string | undefined {
  for (const { model, state } of models) {
    const why = model.refuse?.(state, call, second)
    if (why !== undefined) return why
  }
  return undefined
}
