import { reconcileAnalysisRun } from 'rollout-engine/analysis'
import { measurePoint } from '../../../src/replay/measurePoint'
import { isUsedUp, pointFor, readSeries } from '../../../src/replay/readSeries'

// The part of the engine that judges analyses: conditions, measurements, regular expressions. It is a third of the whole and
// most manifests do without, so it is a bundle of its own.

export const analyses = { reconcileAnalysisRun, measurePoint, isUsedUp, pointFor, readSeries }

Object.assign(globalThis, { playgroundAnalyses: analyses })
