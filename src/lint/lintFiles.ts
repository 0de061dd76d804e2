import { type CodedFieldError, fieldErrorText } from '../kube/fieldErrorBody'
import { type ControllerVersion, ofVersion } from '../model/controllerVersion'
import { givenText } from '../model/given'
import { managedByAnnotation } from '../model/labelKeys'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import type { Service } from '../model/workload'
import type { Dialect } from '../rollout/facts/semantics'
import { dialects } from '../rollout/validation/dialect'
import { hasRuleFor } from '../rollout/validation/references/ingresses'
import { referenceErrors } from '../rollout/validation/references/referenceErrors'
import type { ServiceReference } from '../rollout/validation/references/references'
import { serviceReferences } from '../rollout/validation/references/services'
import { specErrors } from '../rollout/validation/specRules'
import { type LintedFile, readFile } from './readFile'
import { takeFiles } from './wellFormed'

/** What the command line's `lint` would print, and how it would end. */
export interface LintVerdict {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: 0 | 1
}

/**
 * The verdict of upstream's `kubectl argo rollouts lint -f <path>`: strict about fields and types, every broken rule of
 * every Rollout on a line of its own, and of references only those that are in the same file (behaviour 2.0, 8).
 * `files`: texts by path; `controller`: which version's rules and words, the newest release's by default.
 *
 * @example
 * import { lintFiles } from 'rollout-engine/lint'
 * lintFiles({ 'a.yaml': '' }, 'a.yaml').exitCode // => 0
 */
export function lintFiles(
  given: Readonly<Record<string, string>>,
  wanted: string,
  controller?: ControllerVersion,
): LintVerdict {
  const files = takeFiles(given)
  const path = givenText(wanted)
  const text = Object.hasOwn(files, path) ? files[path] : undefined
  if (typeof text !== 'string') return refused(`open ${path}: no such file or directory`)
  const file = readFile(text)
  if ('error' in file) return refused(file.error)
  const dialect = ofVersion(dialects, controller)
  const errors = file.rollouts.flatMap((rollout) => errorsOf(rollout, claim(file), dialect))
  const [first] = errors
  if (!first) return { stdout: '', stderr: '', exitCode: 0 }
  const stdout = errors.map(({ body }) => `${body}\n`).join('')
  return { stdout, stderr: `Error: ${fieldErrorText(first)}\n`, exitCode: 1 }
}

const refused = (error: string): LintVerdict => ({ stdout: '', stderr: `Error: ${error}\n`, exitCode: 1 })

/** Objects of the file with the Rollout that they belong to. */
interface Claimed {
  readonly services: readonly {
    readonly owner: string | undefined
    readonly path: string | undefined
    readonly service: Service
  }[]
  readonly ingresses: readonly { readonly owner: string | undefined; readonly ingress: KubeObject }[]
  readonly virtualServices: readonly { readonly owner: string | undefined; readonly virtualService: KubeObject }[]
}

const markOf = ({ metadata }: Pick<KubeObject, 'metadata'>): string | undefined =>
  metadata.annotations?.[managedByAnnotation]

/** Of several Rollouts that refer to an object the last one has it; without any its own mark counts. */
function claim({ rollouts, services, ingresses, virtualServices }: LintedFile): Claimed {
  // A Rollout without traffic routing ends the look at Ingresses and VirtualServices for all that come after it.
  const routed = before(rollouts, ({ spec }) => !spec.strategy?.canary?.trafficRouting)
  const istios = before(rollouts, ({ spec }) => !spec.strategy?.canary?.trafficRouting?.istio)
  return {
    services: services.map((service) => {
      const owner = lastOf(rollouts, (rollout) => namesOf(rollout).some(({ name }) => name === service.metadata.name))
      const path = owner && lastOf(namesOf(owner), ({ name }) => name === service.metadata.name)?.path
      return { owner: owner?.metadata.name ?? markOf(service), path, service: owner ? marked(service, owner) : service }
    }),
    ingresses: ingresses.map((ingress) => {
      const owner = lastOf(routed, (rollout) => hasRuleFor(ingress, rootServiceOf(rollout)))
      return { owner: owner?.metadata.name ?? markOf(ingress), ingress }
    }),
    virtualServices: virtualServices.map((virtualService) => {
      const owner = lastOf(istios, (rollout) => virtualServiceNames(rollout).includes(virtualService.metadata.name))
      return { owner: owner?.metadata.name ?? markOf(virtualService), virtualService }
    }),
  }
}

const lastOf = <T>(list: readonly T[], fits: (one: T) => boolean): T | undefined => list.filter(fits).at(-1)

function before(rollouts: readonly Rollout[], isEnd: (rollout: Rollout) => boolean): readonly Rollout[] {
  const end = rollouts.findIndex(isEnd)
  return end < 0 ? rollouts : rollouts.slice(0, end)
}

/** Lint takes canary before stable, the later one wins. */
function namesOf(rollout: Rollout): readonly ServiceReference[] {
  const names = serviceReferences(rollout, { namespace: '' })
  const stable = names.filter(({ path }) => path.endsWith('.stableService'))
  const canary = names.filter(({ path }) => path.endsWith('.canaryService'))
  return [
    ...canary,
    ...stable,
    ...names.filter(({ path }) => !path.endsWith('.canaryService') && !path.endsWith('.stableService')),
  ]
}

const marked = (service: Service, { metadata }: Rollout): Service => ({
  ...service,
  metadata: {
    ...service.metadata,
    annotations: { ...service.metadata.annotations, [managedByAnnotation]: metadata.name },
  },
})

/** The Service that an Ingress of this Rollout has to lead to. */
function rootServiceOf({ spec }: Rollout): string {
  const { stableService = '', trafficRouting } = spec.strategy?.canary ?? {}
  if (trafficRouting?.nginx) return stableService
  if (trafficRouting?.alb) return trafficRouting.alb.rootService || stableService
  return trafficRouting?.smi?.rootService ?? ''
}

function virtualServiceNames({ spec }: Rollout): readonly string[] {
  const { virtualService, virtualServices } = spec.strategy?.canary?.trafficRouting?.istio ?? {}
  return [virtualService, ...(virtualServices ?? [])].flatMap((one) => one?.name ?? [])
}

function errorsOf(
  rollout: Rollout,
  { services, ingresses, virtualServices }: Claimed,
  dialect: Dialect,
): readonly CodedFieldError[] {
  const { name } = rollout.metadata
  const references = {
    services: services.flatMap(({ owner, path, service }) =>
      owner === name && path ? [{ path, name: service.metadata.name, service }] : [],
    ),
    analyses: [],
    ingresses: ingresses.flatMap(({ owner, ingress }) => (owner === name ? [ingress] : [])),
    virtualServices: virtualServices.flatMap(({ owner, virtualService }) => (owner === name ? [virtualService] : [])),
    mappings: [],
    virtualRouters: [],
  }
  return [...specErrors(rollout, { isTemplateResolved: false, dialect }), ...referenceErrors(rollout, references)]
}
