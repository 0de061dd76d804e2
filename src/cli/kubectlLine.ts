import type { CommandRequest } from '../commands/index'
import { readableJson, readableLine } from './readable'

/**
 * The kubectl line that does what a request asks. It may be read on a terminal before it is run: patches are the same
 * data, written without control characters; a name that has some is no name of Kubernetes.
 */
export const kubectlLine = (request: CommandRequest): string => readableLine(lineOf(request))

function lineOf(request: CommandRequest): string {
  const { resource, namespace, name } = request.target
  const scope = namespace === '' ? '' : ` -n ${shellWord(namespace)}`
  if (request.verb === 'create') return `kubectl create${scope} -f -  # ${readableJson(request.object)}`
  const type = request.verb === 'patch' ? request.patchType : 'json'
  const subresource = request.verb === 'patch' && request.subresource ? ` --subresource=${request.subresource}` : ''
  const patch = shellWord(readableJson(request.patch))
  return `kubectl patch ${fullNames[resource] ?? resource} ${shellWord(name)}${scope}${subresource} --type=${type} -p ${patch}`
}

/** With the group, so that kubectl asks no other API of that name. */
const fullNames: Readonly<Record<string, string>> = {
  rollouts: 'rollouts.argoproj.io',
  analysisruns: 'analysisruns.argoproj.io',
  experiments: 'experiments.argoproj.io',
  deployments: 'deployments.apps',
  replicasets: 'replicasets.apps',
}

/** One word for a POSIX shell. */
const shellWord = (text: string): string => (/^[\w./:@=,+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)
