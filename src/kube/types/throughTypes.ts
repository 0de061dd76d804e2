import type { Argument, Metric } from '../../model/analysis'
import { argumentShape, metricShape } from './analysisShape'
import { printShape } from './printShape'
import type { Shape } from './shape'

/**
 * A value after a way through the controller's types: unknown fields are gone, so are empty ones that are left out when
 * printed, and fields that always print are there. What the types refuse counts as missing.
 */
export const throughTypes = <T>(shape: Shape, value: unknown): T => JSON.parse(printShape(shape, value)) as T

/** A metric as the controller stores it. */
export const typedMetric = (metric: Metric): Metric => throughTypes(metricShape, metric)

/** An argument as the controller stores it. */
export const typedArgument = (argument: Argument): Argument => throughTypes(argumentShape, argument)
