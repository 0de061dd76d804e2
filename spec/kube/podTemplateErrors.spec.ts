import { describe, expect, test } from 'vitest'
import { podTemplateErrors } from '../../src/kube/podTemplate/podTemplateErrors'

// The texts are Kubernetes 1.34.5's own, printed by its validation on these templates.

const errorsOf = (spec: object, metadata: object = {}): readonly string[] =>
  podTemplateErrors({ metadata, spec }, 'template').map(({ path, body }) => `${path}: ${body}`)

const web = { name: 'web', image: 'web:1' }
const withContainer = (more: object): object => ({ containers: [{ ...web, ...more }] })
const label =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
const qualified =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
const first = 'template.spec.containers[0]'

const cases: readonly (readonly [kind: string, spec: object, ...errors: readonly string[]])[] = [
  ['a sound template', withContainer({}) as object],
  ['no containers', { containers: [] }, 'template.spec.containers: Required value'],
  ['a name', withContainer({ name: 'Web_1' }), `${first}.name: Invalid value: "Web_1": ${label}`],
  [
    'a name with dots',
    withContainer({ name: 'web.1' }),
    `${first}.name: Invalid value: "web.1": must not contain dots`,
  ],
  ['no image', { containers: [{ name: 'web' }] }, `${first}.image: Required value`],
  [
    'two containers of one name',
    { containers: [web, web] },
    'template.spec.containers[1].name: Duplicate value: "web"',
  ],
  [
    'ephemeral containers, of which names stand twice',
    { containers: [web], ephemeralContainers: [{ ...web }, { name: 'd', image: 'd' }, { name: 'd', image: 'd' }] },
    'template.spec.ephemeralContainers[0].name: Duplicate value: "web"',
    'template.spec.ephemeralContainers[2].name: Duplicate value: "d"',
    'template.spec.ephemeralContainers: Forbidden: ephemeral containers not allowed in pod template',
  ],
  [
    'ephemeral containers without names',
    { containers: [web], ephemeralContainers: [{ image: 'd' }, { name: '', image: 'd' }] },
    'template.spec.ephemeralContainers[0].name: Required value',
    'template.spec.ephemeralContainers[1].name: Required value',
    'template.spec.ephemeralContainers[1].name: Duplicate value: ""',
    'template.spec.ephemeralContainers: Forbidden: ephemeral containers not allowed in pod template',
  ],
  [
    'a port',
    withContainer({ ports: [{ containerPort: 70000, protocol: 'tcp' }] }),
    `${first}.ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive`,
    `${first}.ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"`,
  ],
  [
    'a mount without its volume',
    withContainer({ volumeMounts: [{ name: 'data', mountPath: '/data' }] }),
    `${first}.volumeMounts[0].name: Not found: "data"`,
  ],
  [
    'a mount of a volume that is malformed itself',
    {
      ...withContainer({ volumeMounts: [{ name: 'data', mountPath: '/data' }] }),
      volumes: [{ name: 'data', configMap: {} }],
    },
    'template.spec.volumes[0].configMap.name: Required value',
    `${first}.volumeMounts[0].name: Not found: "data"`,
  ],
  [
    'two sources of one volume',
    { ...withContainer({}), volumes: [{ name: 'data', emptyDir: {}, secret: { secretName: 'a' } }] },
    'template.spec.volumes[0].secret: Forbidden: may not specify more than 1 volume type',
  ],
  [
    'a request above its limit',
    withContainer({ resources: { requests: { memory: '2Gi' }, limits: { memory: '1024Mi' } } }),
    `${first}.resources.requests: Invalid value: "2Gi": must be less than or equal to memory limit of 1Gi`,
  ],
  [
    'a probe without handler',
    withContainer({ livenessProbe: { periodSeconds: 5 } }),
    `${first}.livenessProbe: Required value: must specify a handler type`,
  ],
  [
    'a field that pods do not have',
    withContainer({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.nope' } } }] }),
    `${first}.env[0].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.nope": error converting fieldPath: field label not supported: metadata.nope`,
  ],
  [
    'a volume whose fields are lost on the way to the rules',
    { ...withContainer({}), volumes: [{ name: 'disk', rbd: { monitors: ['a'], image: 'b' } }] },
    'template.spec.volumes[0].rbd.monitors: Required value',
    'template.spec.volumes[0].rbd.image: Required value',
  ],
  [
    'a privilege that is not asked about, and what depends on it',
    withContainer({
      securityContext: { privileged: true, allowPrivilegeEscalation: false, capabilities: { add: ['CAP_SYS_ADMIN'] } },
    }),
    `${first}.securityContext: Invalid value: {"Capabilities":{"Add":["CAP_SYS_ADMIN"],"Drop":null},"Privileged":null,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"AllowPrivilegeEscalation":false,"ProcMount":null,"SeccompProfile":null,"AppArmorProfile":null}: cannot set \`allowPrivilegeEscalation\` to false and \`capabilities.Add\` CAP_SYS_ADMIN`,
  ],
  [
    'what a ReplicaSet may not have',
    { ...withContainer({}), restartPolicy: 'Never', activeDeadlineSeconds: 5 },
    'template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
    'template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported',
  ],
  [
    'addresses, old style',
    { ...withContainer({}), hostAliases: [{ ip: '010.1.1.1' }, { ip: '::ffff:1.2.3.4' }, { ip: 'fe80::1%eth0' }] },
    'template.spec.hostAliases[2].ip: Invalid value: "fe80::1%eth0": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
  ],
]

describe("Kubernetes' rules for pod templates", () => {
  test.for(cases)('%s', ([, spec, ...errors]) => {
    expect(errorsOf(spec)).toEqual(errors)
  })

  test('labels and annotations stand without their metadata', () => {
    expect(errorsOf(withContainer({}), { labels: { 'a b': 'c' }, annotations: { 'd e': '' } })).toEqual([
      `template.labels: Invalid value: "a b": ${qualified}`,
      `template.annotations: Invalid value: "d e": ${qualified}`,
    ])
  })

  test.for([null, 5, 'text', [], { spec: null }, { spec: { containers: 'x' } }, { spec: { containers: [null, 5] } }])(
    'takes anything: %j',
    (template) => {
      expect(podTemplateErrors(template, 't').length).toBeGreaterThan(0)
    },
  )

  test('complains a thousand times at most', () => {
    const containers = Array.from({ length: 5000 }, () => ({}))
    expect(errorsOf({ containers })).toHaveLength(1000)
  })
})
