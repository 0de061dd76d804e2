/** Published entry `./input`: from unknown texts and values to objects of the model. */

export type { KindTypes, ModelKind } from '../model/kinds'
export { jsonSchemaOf, manifestSchema } from './jsonSchema'
export { type ModelObject, modelKinds, objectsOfKind } from './kinds'
export type { Limits } from './limits'
export { lineOfField } from './lineOfField'
export { type ManifestDocument, type ParsedManifests, parseDocuments, parseManifests } from './parseManifests'
export { type ReadOptions, type ReadResult, readAs, readObject } from './readObject'
export { type ParsedSeries, parseSeries, type SeriesFormat, type SeriesOptions } from './series/parseSeries'
