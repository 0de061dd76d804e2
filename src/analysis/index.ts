export type { ConditionIssue, ConditionOptions } from '../expr/condition'
export { evaluateCondition, evaluateExpression, parseCondition } from '../expr/condition'
export { type LanguageDifference, languageDifferences } from '../expr/differences'
export {
  type ConditionExplanation,
  type ConditionPart,
  type DecidingPart,
  explainCondition,
} from '../expr/explain'
export type { ResultType } from '../expr/values/fromHost'
export type {
  AnalysisPhase,
  AnalysisRun,
  AnalysisRunStatus,
  AnalysisTemplate,
  Measurement,
  Metric,
  MetricResult,
} from '../model/analysis'
export type { AnalysisRunAsk, Answers, MeasureAnswer, MeasureAsk, SecretAnswer, SecretAsk } from '../model/ask'
export type { AnalysisRunDecision, AnalysisRunObservation, AnalysisRunOptions } from './observation'
export { reconcileAnalysisRun } from './reconcileAnalysisRun'
