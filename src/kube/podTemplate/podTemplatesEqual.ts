import { goString } from '../../go/json/goJson'
import type { ControllerVersion } from '../../model/controllerVersion'
import { withFields } from '../../model/copies'
import { isJsonObject, isWalkableList } from '../../model/json'
import { podTemplateHashLabel } from '../../model/labelKeys'
import { printShape } from '../types/printShape'
import type { Shape } from '../types/shape'
import { throughTypes } from '../types/throughTypes'
import { typeTablesOf } from '../types/typeTables'
import { withPodTemplateDefaults } from './podTemplateDefaults'

type Fields = Readonly<Record<string, unknown>>

/**
 * Whether a ReplicaSet's template is what the Rollout wants, though its hash differs because another version made it
 * (behaviour 3.3 FindNewReplicaSet, step 3). Ignores the hash label and the deprecated `serviceAccount`, a copy of
 * `serviceAccountName`; gives the *desired* side the API server's defaults, for the live side has gone through them;
 * null and empty lists and maps are equal, and so are quantities of the same worth.
 *
 * Both sides are read through the types of the controller first: what a version does not know, it does not compare, and
 * a volume whose only source it does not know gets an `emptyDir` from the defaults of the desired side, which the live
 * side does not have. Takes any values, never throws.
 */
export const podTemplatesEqual = (live: unknown, desired: unknown, controller?: ControllerVersion): boolean =>
  podTemplateMatcher(desired, controller)(live)

/** The same for many live templates: the desired one is prepared once, when first needed. */
export function podTemplateMatcher(desired: unknown, controller?: ControllerVersion): (live: unknown) => boolean {
  const reader = readerOf(typeTablesOf(controller).podTemplate)
  let wanted: string | undefined
  return (live) => {
    if (imagesDiffer(live, desired)) return false
    wanted ??= remembered(reader.desired, desired, (template) =>
      meaningOf(reader.meaning, withPodTemplateDefaults(asRead(reader.types, template))),
    )
    return remembered(reader.live, live, (template) => meaningOf(reader.meaning, template)) === wanted
  }
}

/**
 * The spec without what the types do not know. Metadata gets no defaults, and would lose the fractions of its times.
 */
const asRead = (types: Shape, template: unknown): Fields => ({
  metadata: isJsonObject(template) ? template.metadata : undefined,
  spec: throughTypes<Fields>(types, template).spec,
})

/** What templates mean to controllers with these types, printed. */
interface Reader {
  readonly types: Shape
  readonly meaning: Shape
  readonly desired: WeakMap<object, string>
  readonly live: WeakMap<object, string>
}

/** Templates are immutable values, and compared in every reconcile until a hash is found. */
const readers = new WeakMap<Shape, Reader>()

function readerOf(types: Shape): Reader {
  const known = readers.get(types)
  if (known) return known
  const reader = { types, meaning: { ...types, meaning: true as const }, desired: new WeakMap(), live: new WeakMap() }
  readers.set(types, reader)
  return reader
}

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

function meaningOf(meaning: Shape, template: unknown): string {
  if (!isJsonObject(template)) return meaningOf(meaning, {})
  const metadata = isJsonObject(template.metadata) ? withoutHashLabel(template.metadata) : template.metadata
  const spec = isJsonObject(template.spec) ? withFields(template.spec, { serviceAccount: undefined }) : template.spec
  return printShape(meaning, { metadata, spec })
}

function withoutHashLabel(metadata: Fields): Fields {
  if (!isJsonObject(metadata.labels) || !Object.hasOwn(metadata.labels, podTemplateHashLabel)) return metadata
  const { [podTemplateHashLabel]: _, ...labels } = metadata.labels
  return { ...metadata, labels }
}
