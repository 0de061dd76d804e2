import type { Rule } from './rule'
import { documentedEntries, noBarrels } from './rules/entries'
import { noAny, noDefaultExports, noEnums, noThrow, noTypeSuppression } from './rules/forms'
import { importArrows, packageAllowList, reducerFloors } from './rules/imports'
import { commentWidth, plainEnglish } from './rules/language'
import { boundedLoops } from './rules/loops'
import { noModuleWrites, noMutableCollections, onlyDeclarations } from './rules/moduleState'
import { noAsynchrony, noClasses, noClock, noImpureGlobals, noLocale, noRandomness } from './rules/purity'
import { fileLength, functionLength } from './rules/size'
import { noVersionNames, noVersionQuestions } from './rules/versions'

export const rules: readonly Rule[] = [
  importArrows,
  reducerFloors,
  packageAllowList,
  noImpureGlobals,
  noClock,
  noRandomness,
  noLocale,
  noAsynchrony,
  noClasses,
  onlyDeclarations,
  noMutableCollections,
  noModuleWrites,
  noAny,
  noTypeSuppression,
  noEnums,
  noDefaultExports,
  noThrow,
  noVersionNames,
  noVersionQuestions,
  boundedLoops,
  fileLength,
  functionLength,
  commentWidth,
  plainEnglish,
  noBarrels,
  documentedEntries,
]
