import type { AnalysisPhase } from '../model/analysis'
import { isCompletedPhase, isWorsePhase } from '../model/analysisPhases'
import type { ExperimentStatus } from '../model/experiment'
import {
  analysisStatusOf,
  hasRequiredAnalyses,
  isWorseTemplate,
  requiredAnalysesSuccessful,
  type TemplateCode,
  templateStatusOf,
} from './phases'
import type { Turn } from './turn'

export interface Verdict {
  readonly phase: AnalysisPhase
  readonly message: string
}

export type Overall = Pick<ExperimentStatus, 'phase' | 'message' | 'availableAt'>

/** The phase of the Experiment, derived from its templates and analyses; a final phase stays (behaviour 5.5). */
export function overallPhase(turn: Turn): Overall {
  const { phase, message, availableAt } = turn.before
  if (!phase) return { phase: 'Pending', message, availableAt }
  if (phase !== 'Pending' && phase !== 'Running') return { phase, message, availableAt }
  const status = { ...turn.before, templateStatuses: turn.templateStatuses, analysisRuns: turn.analysisRuns }
  const templates = judgeTemplates(turn, status)
  const analyses = judgeAnalyses(turn, status)
  const verdict = isAboutAnalyses(turn, status, templates, analyses) ? analyses : templates
  const since = availableAt ?? (templates.phase === 'Running' ? turn.nowText : undefined)
  return { phase: verdict.phase, message: verdict.message, availableAt: since }
}

/** Whether the analyses, not the templates, decide. */
function isAboutAnalyses(turn: Turn, status: ExperimentStatus, templates: Verdict, analyses: Verdict): boolean {
  if (isCompletedPhase(templates.phase)) {
    return (
      templates.phase === 'Successful' && (isCompletedPhase(analyses.phase) || hasRequiredAnalyses(turn.experiment))
    )
  }
  if (isCompletedPhase(analyses.phase) && analyses.phase !== 'Successful') return true
  return requiredAnalysesSuccessful(turn.experiment, status)
}

const phaseOfTemplates: Readonly<Record<string, AnalysisPhase>> = {
  Successful: 'Successful',
  Progressing: 'Pending',
  Error: 'Error',
  Failed: 'Failed',
}

function judgeTemplates({ experiment }: Turn, status: ExperimentStatus): Verdict {
  let worst: TemplateCode = 'Successful'
  let message = ''
  for (const { name } of experiment.spec.templates ?? []) {
    const entry = templateStatusOf(status, name)
    const code = entry?.status ?? ''
    if (!isWorseTemplate(worst, code)) continue
    worst = code
    message = entry?.message ?? ''
  }
  return { phase: phaseOfTemplates[worst] ?? 'Running', message }
}

function judgeAnalyses({ experiment }: Turn, status: ExperimentStatus): Verdict {
  let worst: AnalysisPhase = 'Successful'
  let message = ''
  for (const { name } of experiment.spec.analyses ?? []) {
    const run = analysisStatusOf(status, name)
    if (!run || !isWorsePhase(worst, run.phase)) continue
    worst = run.phase
    message = run.message ?? ''
  }
  if (worst === 'Successful' && requiredAnalysesSuccessful(experiment, status)) {
    return { phase: 'Successful', message: 'Required AnalysisRuns completed' }
  }
  return { phase: worst === 'Pending' ? 'Running' : worst, message }
}
