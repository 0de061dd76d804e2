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
export type { ConditionIssue, ConditionOptions } from './condition/condition'
export { evaluateCondition, evaluateExpression, parseCondition } from './condition/condition'
export {
  type ConditionExplanation,
  type ConditionPart,
  type DecidingPart,
  explainCondition,
} from './condition/explain'
export type { ResultType } from './condition/values/fromHost'
export type { AnalysisRunDecision, AnalysisRunObservation, AnalysisRunOptions } from './observation'
export { reconcileAnalysisRun } from './reconcileAnalysisRun'
