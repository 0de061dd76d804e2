import { type ControllerVersion, ofVersion } from '../../model/controllerVersion'
import { canaryStepShape } from './canaryStepShape.generated'
import { canaryStepShapeOf17, canaryStepShapeOf18, podTemplateShapeOfKubernetes029 } from './olderShapes'
import { podTemplateShape } from './podTemplateShape.generated'
import type { Shape } from './shape'

/** The types through which a controller reads and prints what it hashes. */
export interface TypeTables {
  readonly podTemplate: Shape
  readonly canaryStep: Shape
}

const today: TypeTables = { podTemplate: podTemplateShape, canaryStep: canaryStepShape }

/** v1.9, v1.10 and main are built on Kubernetes 0.34, v1.7 and v1.8 on 0.29. */
export const typeTables: Readonly<Record<ControllerVersion, TypeTables>> = {
  main: today,
  'v1.10': today,
  'v1.9': today,
  'v1.8': { podTemplate: podTemplateShapeOfKubernetes029, canaryStep: canaryStepShapeOf18 },
  'v1.7': { podTemplate: podTemplateShapeOfKubernetes029, canaryStep: canaryStepShapeOf17 },
}

export const typeTablesOf = (controller: ControllerVersion | undefined): TypeTables => ofVersion(typeTables, controller)
