/**
 * Functions that were published while the attack was built: nobody has written sound arguments for them, and they are not attacked. Add
 * the arguments to samples.ts and take the name out; nothing new comes in here.
 */
export const notYetAttacked: readonly string[] = [
  'languageDifferences',
  'notifyWithFetch',
  'notificationsOf',
  'readNotificationConfig',
  'requestOf',
  'triggerOf',
  'verdictOf',
  'abort',
  'applyRequest',
  'create',
  'createAnalysisRun',
  'createdMessage',
  'isRefused',
  'nextRequest',
  'pause',
  'promote',
  'restart',
  'resume',
  'retry',
  'retryExperiment',
  'scale',
  'setImage',
  'templateHolder',
  'terminateAnalysisRun',
  'terminateExperiment',
  'undo',
  'describeTimeline',
  'renderTimeline',
]
