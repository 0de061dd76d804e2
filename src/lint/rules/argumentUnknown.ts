import { nearest } from '../../input/nearest'
import { analysesOf, templatesOf } from '../facts'
import { rolloutRule } from '../rule'

export const argumentUnknown = rolloutRule(
  {
    id: 'argument-unknown',
    severity: 'warning',
    summary: 'an argument that no template declares',
    why: 'An argument that no template declares is dropped without a word; the template goes on with its own default.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/1052',
  },
  function* (rollout, at, target) {
    for (const { path, analysis } of analysesOf(rollout)) {
      const templates = templatesOf(target, at, analysis)
      if (!templates || templates.length === 0) continue
      const declared = templates.flatMap(({ spec }) => (spec.args ?? []).map(({ name }) => name))
      for (const [index, { name }] of (analysis.args ?? []).entries()) {
        if (declared.includes(name)) continue
        const meant = nearest(name, declared)
        const place = [...path, 'args', index, 'name']
        const hint = meant === undefined ? '' : `: did you mean ${meant}?`
        const fix = meant === undefined ? {} : { fix: { op: 'set', path: place, value: meant } as const }
        yield { path: place, message: `no template takes an argument called ${name}${hint}`, ...fix }
      }
    }
  },
)
