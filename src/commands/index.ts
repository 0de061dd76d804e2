export { abort, retry, retryExperiment, terminateAnalysisRun, terminateExperiment } from './abort'
export { applyRequest } from './applyRequest'
export { type CreateAnalysisRunOptions, create, createAnalysisRun, createdMessage } from './create'
export { type NextRequest, nextRequest, type Reply } from './nextRequest'
export {
  type CommandPlan,
  type CommandRequest,
  type CommandResult,
  type CreateRequest,
  isRefused,
  type JsonPatchOperation,
  type Named,
  type PatchRequest,
  type Refusal,
  type TargetRef,
  type UpdateRequest,
} from './plan'
export { type PromoteOptions, promote } from './promote'
export { setImage, setImageAttempts } from './setImage'
export { pause, restart, resume, scale } from './specCommands'
export { templateHolder } from './templateHolder'
export { undo } from './undo'
