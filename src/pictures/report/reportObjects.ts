import type { ClusterObjects } from '../../cluster/objects'
import { ownValue } from '../../model/json'
import { shownText } from '../story/shownText'
import type { Story } from '../story/story'
import { objectText } from './plainText'
import type { MomentWithObjects } from './reportMoments'

/** An object over time: its text from a moment on, by the moment's index; null where it is gone. */
export interface ReportObject {
  readonly name: string
  readonly versions: readonly (readonly [moment: number, text: string | null])[]
}

const mostObjects = 60
/** Characters of all objects of a page. */
const mostCharacters = 1_500_000
const tooLarge = '… left out: the page would be too large'

/** Texts of the objects of a cluster, at each moment that changed one. */
export const reportObjects = (moments: readonly MomentWithObjects[]): readonly ReportObject[] =>
  versionsOf(moments.map(({ objects }) => objects))

/** The objects of the traffic router, as its calls make them. */
export function reportResources({ timeline }: Story, moments: readonly MomentWithObjects[]): readonly ReportObject[] {
  const states = timeline.resources.filter(({ objects }) => objects.length > 0)
  const byMoment = moments.map(({ moment }): ClusterObjects => {
    const state = states.filter(({ atSeconds }) => atSeconds <= moment.at).at(-1)
    return Object.fromEntries(
      (state?.objects ?? [])
        .slice(0, mostObjects)
        .map((object) => [`${object.kind ?? ''}/${object.metadata?.namespace ?? ''}/${object.metadata?.name}`, object]),
    )
  })
  return versionsOf(byMoment)
}

function versionsOf(states: readonly ClusterObjects[]): readonly ReportObject[] {
  const keys = [...new Set(states.flatMap((objects) => Object.keys(objects)))].slice(0, mostObjects)
  let left = mostCharacters
  return keys.map((key) => {
    const versions: (readonly [number, string | null])[] = []
    let before: unknown
    for (const [index, objects] of states.entries()) {
      const object = ownValue(objects, key)
      if (object === before) continue
      before = object
      const text = object === undefined ? null : left > 0 ? objectText(object) : tooLarge
      left -= text?.length ?? 0
      versions.push([index, text])
    }
    return { name: shownText(key, 120), versions }
  })
}
