import { keysOf } from '../cluster/objects'
import { podTemplateHashLabel, revisionAnnotation, rolloutTypeLabel, stepIndexLabel } from '../model/labelKeys'
import type { KubeObject } from '../model/meta'
import type { FrameRun, RunKind } from './frame'
import type { World } from './world'

/** Every AnalysisRun of the namespace, in the order of their keys. */
export function runsOf({ objects, namespace }: Pick<World, 'objects' | 'namespace'>): readonly FrameRun[] {
  return keysOf(objects, 'AnalysisRun', namespace).map((key) => runOf(objects[key] as KubeObject, objects))
}

/** Empty before the first reconcile. */
export const phaseOf = (object: KubeObject | undefined): string =>
  (object?.status as { readonly phase?: string } | undefined)?.phase ?? ''

const kinds: Readonly<Record<string, RunKind>> = {
  Step: 'step',
  Background: 'background',
  PrePromotion: 'prePromotion',
  PostPromotion: 'postPromotion',
}

function runOf(run: KubeObject, objects: World['objects']): FrameRun {
  const { name, namespace = '', labels = {}, ownerReferences = [] } = run.metadata
  const experiment = ownerReferences.find(({ kind }) => kind === 'Experiment')
  // What it belongs to is said on the Experiment, not on its runs.
  const starter = experiment ? objects[`experiments/${namespace}/${experiment.name}`] : run
  return {
    name,
    revision: numberOf(starter?.metadata.annotations?.[revisionAnnotation]),
    step: experiment ? stepOf(starter) : numberOf(labels[stepIndexLabel]),
    kind: experiment ? 'experiment' : (ownKind(labels[rolloutTypeLabel]) ?? 'other'),
    phase: phaseOf(run),
  }
}

/** An Experiment has its step at the end of its name only: `web-5f8d7c9b4-2-1` is that of step 1 of revision 2. */
function stepOf(experiment: KubeObject | undefined): number | null {
  const { name = '', labels, annotations, ownerReferences = [] } = experiment?.metadata ?? {}
  const owner = ownerReferences.find(({ kind }) => kind === 'Rollout')
  const start = `${owner?.name}-${labels?.[podTemplateHashLabel]}-${annotations?.[revisionAnnotation]}-`
  return name.startsWith(start) ? numberOf(name.slice(start.length)) : null
}

const ownKind = (type = ''): RunKind | undefined => (Object.hasOwn(kinds, type) ? kinds[type] : undefined)

const numberOf = (text: unknown): number | null =>
  typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : null
