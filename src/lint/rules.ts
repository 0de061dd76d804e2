import type { Rule } from './rule'
import { abortDelayIgnored } from './rules/abortDelayIgnored'
import { abortDelayTooLong } from './rules/abortDelayTooLong'
import { abortGetsStuck } from './rules/abortGetsStuck'
import { analysisOfStable } from './rules/analysisOfStable'
import { argumentUndeclared } from './rules/argumentUndeclared'
import { argumentUnknown } from './rules/argumentUnknown'
import { argumentUnused } from './rules/argumentUnused'
import { autoPromotionNever } from './rules/autoPromotionNever'
import { autoPromotionZero } from './rules/autoPromotionZero'
import { backgroundCount } from './rules/backgroundCount'
import { backgroundNeverMeasures } from './rules/backgroundNeverMeasures'
import { backgroundNeverStarts } from './rules/backgroundNeverStarts'
import { canaryScaleAboveReplicas } from './rules/canaryScaleAboveReplicas'
import { canaryScaleBelowWeight } from './rules/canaryScaleBelowWeight'
import { conditionFailsWithoutData } from './rules/conditionFailsWithoutData'
import { conditionIgnored } from './rules/conditionIgnored'
import { conditionOtherwise } from './rules/conditionOtherwise'
import { conditionsContradict } from './rules/conditionsContradict'
import { conditionType } from './rules/conditionType'
import { conditionWithoutResult } from './rules/conditionWithoutResult'
import { countZero } from './rules/countZero'
import { deploymentWithSamePods } from './rules/deploymentWithSamePods'
import { dryRunMatchesNothing } from './rules/dryRunMatchesNothing'
import { experimentNeverEnds } from './rules/experimentNeverEnds'
import { experimentServiceNameTooLong } from './rules/experimentServiceNameTooLong'
import { hashInManifest } from './rules/hashInManifest'
import { hpaScalesWorkload } from './rules/hpaScalesWorkload'
import { ingressVersionRemoved } from './rules/ingressVersionRemoved'
import { invalidName } from './rules/invalidName'
import { jobNamesCollide } from './rules/jobNamesCollide'
import { limitNeverReached } from './rules/limitNeverReached'
import { managedRouteUnused } from './rules/managedRouteUnused'
import { maxSurgeIgnored } from './rules/maxSurgeIgnored'
import { metadataChangesSelector } from './rules/metadataChangesSelector'
import { metricAlwaysSucceeds } from './rules/metricAlwaysSucceeds'
import { metricNameTwice } from './rules/metricNameTwice'
import { minPodsUnreachable } from './rules/minPodsUnreachable'
import { noRollbackHistory } from './rules/noRollbackHistory'
import { notAPercentage } from './rules/notAPercentage'
import { pauseOfNoTime } from './rules/pauseOfNoTime'
import { readyAfterDeadline } from './rules/readyAfterDeadline'
import { referenceInOtherNamespace } from './rules/referenceInOtherNamespace'
import { referenceMisspelt } from './rules/referenceMisspelt'
import { replicasOutsideHpa } from './rules/replicasOutsideHpa'
import { routeToNoPods } from './rules/routeToNoPods'
import { scaleDownAtOnce } from './rules/scaleDownAtOnce'
import { selectorsOverlap } from './rules/selectorsOverlap'
import { stepChangesNothing } from './rules/stepChangesNothing'
import { templateScope } from './rules/templateScope'
import { thresholdNeverMet } from './rules/thresholdNeverMet'
import { weightNotExpressible } from './rules/weightNotExpressible'
import { workloadKeepsPods } from './rules/workloadKeepsPods'
import { zeroAbortDelay } from './rules/zeroAbortDelay'

/** Every rule, in the order of the guide: references, steps, scaling, analyses, conditions, other objects. */
export const rules: readonly Rule[] = [
  referenceMisspelt,
  referenceInOtherNamespace,
  templateScope,
  canaryScaleBelowWeight,
  canaryScaleAboveReplicas,
  weightNotExpressible,
  thresholdNeverMet,
  stepChangesNothing,
  pauseOfNoTime,
  notAPercentage,
  routeToNoPods,
  managedRouteUnused,
  experimentNeverEnds,
  experimentServiceNameTooLong,
  zeroAbortDelay,
  abortDelayIgnored,
  abortDelayTooLong,
  abortGetsStuck,
  maxSurgeIgnored,
  autoPromotionNever,
  autoPromotionZero,
  scaleDownAtOnce,
  readyAfterDeadline,
  noRollbackHistory,
  backgroundNeverStarts,
  backgroundCount,
  backgroundNeverMeasures,
  analysisOfStable,
  argumentUnknown,
  argumentUnused,
  argumentUndeclared,
  conditionType,
  conditionOtherwise,
  conditionFailsWithoutData,
  conditionWithoutResult,
  conditionsContradict,
  metricAlwaysSucceeds,
  conditionIgnored,
  limitNeverReached,
  countZero,
  metricNameTwice,
  jobNamesCollide,
  dryRunMatchesNothing,
  invalidName,
  metadataChangesSelector,
  hashInManifest,
  workloadKeepsPods,
  deploymentWithSamePods,
  selectorsOverlap,
  hpaScalesWorkload,
  replicasOutsideHpa,
  minPodsUnreachable,
  ingressVersionRemoved,
]
