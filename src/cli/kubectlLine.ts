import type { CommandRequest } from '../commands/index'

/** The kubectl line that does what a request asks. */
export function kubectlLine(request: CommandRequest): string {
  const { resource, namespace, name } = request.target
  const scope = namespace === '' ? '' : ` -n ${shellWord(namespace)}`
  if (request.verb === 'create') return `kubectl create${scope} -f -  # ${JSON.stringify(request.object)}`
  const type = request.verb === 'patch' ? request.patchType : 'json'
  const subresource = request.verb === 'patch' && request.subresource ? ` --subresource=${request.subresource}` : ''
  const patch = shellWord(JSON.stringify(request.patch))
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
