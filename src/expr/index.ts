/** Entry `./expr`: the language of success and failure conditions. */

export type { ConditionIssue, ConditionOptions } from './condition'
export { evaluateCondition, evaluateExpression, parseCondition } from './condition'
export { type LanguageDifference, languageDifferences } from './differences'
export { type ConditionExplanation, type ConditionPart, type DecidingPart, explainCondition } from './explain'
export type { ResultType } from './values/fromHost'
