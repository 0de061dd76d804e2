import { mentionedArgs } from '../facts'
import { templateRule } from '../rule'

export const argumentUnused = templateRule(
  {
    id: 'argument-unused',
    severity: 'note',
    summary: 'a declared argument that no metric uses',
    why: 'An argument that is declared and mentioned nowhere changes nothing, whatever value it is given.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/1358',
  },
  function* (template) {
    // Other templates may use what this one declares for them.
    if ((template.spec.templates ?? []).length > 0 || !template.spec.metrics) return
    const used = mentionedArgs(template.spec)
    for (const [index, { name }] of (template.spec.args ?? []).entries()) {
      if (!used.has(name)) yield { path: ['spec', 'args', index, 'name'], message: `no metric uses {{args.${name}}}` }
    }
  },
)
