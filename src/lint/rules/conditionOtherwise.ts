import { languageDifferences, youngestOfOlderLine } from '../../expr/differences'
import { newestRelease } from '../../model/controllerVersion'
import { knownConditions } from '../conditions'
import { metricRule } from '../rule'

export const conditionOtherwise = metricRule(
  {
    id: 'condition-otherwise',
    severity: 'note',
    summary: 'a condition that controller versions evaluate differently',
    why: 'v1.7 to v1.9 evaluate conditions with expr 1.15, v1.10 with expr 1.17: what works in one may be refused by the other, or come to another value. Say `--controller` where one controller is meant: what it takes is no finding then.',
    thread: 'https://github.com/argoproj/argo-rollouts/releases/tag/v1.10.0',
  },
  function* (metric, template, { controller, isNamed }) {
    const older = isNamed ? controller : youngestOfOlderLine
    for (const { field, text } of knownConditions(metric, template)) {
      for (const { message } of languageDifferences(text, older, newestRelease)) yield { path: [field], message }
    }
  },
)
