import { printShape } from '../../kube/types/printShape'
import { rolloutShape } from '../../kube/types/rolloutShape'
import type { Shape } from '../../kube/types/shape'
import { isJsonObject } from '../../model/json'

// Values of a Rollout in field errors: the JSON that Go prints.

const printerOf = (root: string): ((value: unknown) => string) => {
  const shape: Shape = { root, types: rolloutShape.types }
  return (value) => (isJsonObject(value) ? printShape(shape, value) : 'null')
}

export const printSelector = printerOf('LabelSelector')
export const printHeaderRoute = printerOf('SetHeaderRoute')
export const printMirrorRoute = printerOf('SetMirrorRoute')
export const printStringMatch = printerOf('StringMatch')
export const printAlb = printerOf('Alb')
const printArgument = printerOf('AnalysisRunArgument')

/** Arguments of analyses. */
export const printArguments = (args: readonly unknown[]): string => `[${args.map(printArgument).join(',')}]`
