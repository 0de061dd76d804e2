import { goString } from '../../go/json/goJson'
import { isJsonObject, isWalkableList } from '../../model/json'
import { podTemplateHashLabel } from '../../model/labelKeys'
import { podTemplateShape } from '../types/podTemplateShape.generated'
import { printShape } from '../types/printShape'
import type { Shape } from '../types/shape'
import { withPodTemplateDefaults } from './podTemplateDefaults'

type Fields = Readonly<Record<string, unknown>>

const podTemplateMeaning: Shape = { ...podTemplateShape, meaning: true }

/**
 * Whether a ReplicaSet's template is what the Rollout wants, though its hash differs because another version made it
 * (behaviour 3.3 FindNewReplicaSet, step 3). Ignores the hash label and the deprecated `serviceAccount`, a copy of
 * `serviceAccountName`; gives the *desired* side the API server's defaults, for the live side has gone through them;
 * null and empty lists and maps are equal, and so are quantities of the same worth. Takes any values, never throws.
 */
export const podTemplatesEqual = (live: unknown, desired: unknown): boolean => podTemplateMatcher(desired)(live)

/** The same for many live templates: the desired one is prepared once, when first needed. */
export function podTemplateMatcher(desired: unknown): (live: unknown) => boolean {
  let wanted: string | undefined
  return (live) => {
    if (imagesDiffer(live, desired)) return false
    wanted ??= remembered(desiredMeanings, desired, (template) => meaningOf(withPodTemplateDefaults(template)))
    return remembered(liveMeanings, live, meaningOf) === wanted
  }
}

/** What templates mean, printed: they are immutable values, and compared in every reconcile until a hash is found. */
const desiredMeanings = new WeakMap<object, string>()
const liveMeanings = new WeakMap<object, string>()

function remembered(known: WeakMap<object, string>, template: unknown, print: (template: unknown) => string): string {
  if (!isJsonObject(template)) return print(template)
  const text = known.get(template) ?? print(template)
  known.set(template, text)
  return text
}

/** By far the most frequent difference, seen without printing anything: nothing is ever filled in for an image. */
function imagesDiffer(live: unknown, desired: unknown): boolean {
  const [left, right] = [containersOf(live), containersOf(desired)]
  return left.some((container, at) => {
    const [one, other] = [imageOf(container), imageOf(right[at])]
    return one !== undefined && other !== undefined && one !== other
  })
}

function containersOf(template: unknown): readonly unknown[] {
  const spec = isJsonObject(template) ? template.spec : undefined
  const containers = isJsonObject(spec) ? spec.containers : undefined
  return isWalkableList(containers) ? containers : []
}

function imageOf(container: unknown): string | undefined {
  const image = isJsonObject(container) ? container.image : undefined
  return typeof image === 'string' ? goString(image) : undefined
}

function meaningOf(template: unknown): string {
  if (!isJsonObject(template)) return meaningOf({})
  const metadata = isJsonObject(template.metadata) ? withoutHashLabel(template.metadata) : template.metadata
  const spec = isJsonObject(template.spec) ? { ...template.spec, serviceAccount: undefined } : template.spec
  return printShape(podTemplateMeaning, { metadata, spec })
}

function withoutHashLabel(metadata: Fields): Fields {
  if (!isJsonObject(metadata.labels) || !Object.hasOwn(metadata.labels, podTemplateHashLabel)) return metadata
  const { [podTemplateHashLabel]: _, ...labels } = metadata.labels
  return { ...metadata, labels }
}
