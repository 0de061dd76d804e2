import { templateRule } from '../rule'

/** 63 less a UID of 36, two dots and a number of one digit. */
const kept = 24

export const jobNamesCollide = templateRule(
  {
    id: 'job-names-collide',
    severity: 'error',
    summary: 'two Job metrics whose Jobs get the same name',
    why: "A Job is called `<uid of the run>.<metric>.<n>`, cut to 63 characters, which leaves 24 for the name of the metric. If two names start with the same 24, the second metric takes the first one's Job for its own.",
    thread: 'https://github.com/argoproj/argo-rollouts/issues/795',
  },
  function* (template) {
    const seen = new Map<string, string>()
    for (const [index, { name, provider }] of (template.spec.metrics ?? []).entries()) {
      if (provider.job === undefined) continue
      const cut = name.slice(0, kept)
      const other = seen.get(cut)
      if (other !== undefined && other !== name)
        yield {
          path: ['spec', 'metrics', index, 'name'],
          message: `${name} and ${other} are both cut to ${cut}: their Jobs get the same name`,
        }
      seen.set(cut, name)
    }
  },
)
