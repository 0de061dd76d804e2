import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// `npm run -s sbom` prints what users of the package get, as CycloneDX. npm's own `--omit dev` also leaves out a dependency
// that a package of the tests names as an optional peer (yaml, of vite), so the parts of development are taken out here.

interface Component {
  readonly 'bom-ref': string
  readonly name: string
  readonly properties?: readonly { readonly name: string }[]
}

interface Sbom {
  readonly metadata: { readonly component: Component }
  readonly components: readonly Component[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

const isOfDevelopment = ({ properties = [] }: Component): boolean =>
  properties.some(({ name }) => name === 'cdx:npm:package:development')

function withoutDevelopment(sbom: Sbom, name: string): Sbom {
  const components = sbom.components.filter((one) => !isOfDevelopment(one))
  const refs = new Set([sbom.metadata.component, ...components].map((one) => one['bom-ref']))
  const dependencies = sbom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) }))
  // npm names the component after its folder.
  const component = { ...sbom.metadata.component, name }
  return { ...sbom, metadata: { ...sbom.metadata, component }, components, dependencies }
}

const root = fileURLToPath(new URL('..', import.meta.url))
const { name } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { readonly name: string }
const words = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only']
const { stdout, stderr, status } = spawnSync('npm', words, { cwd: root, encoding: 'utf8', maxBuffer: 100_000_000 })
if (status === 0) console.log(JSON.stringify(withoutDevelopment(JSON.parse(stdout) as Sbom, name), undefined, 2))
else {
  console.error(stderr)
  process.exitCode = 1
}
