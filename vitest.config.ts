import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const source = (path: string): string => fileURLToPath(new URL(`./src/${path}`, import.meta.url))

/** Specs that `npm run test:fast` leaves out: documentation, programs, everything released, and properties with many runs. */
const slowSpecs: readonly string[] = [
  'spec/adapters/*Host.spec.ts',
  'spec/adapters/secrets.spec.ts',
  'spec/adapters/send.spec.ts',
  'spec/check/**/*.spec.ts',
  'spec/cli/completionInShells.spec.ts',
  'spec/cli/everyCommand.spec.ts',
  'spec/cli/main.spec.ts',
  'spec/cli/secrets.spec.ts',
  'spec/cli/sweep.spec.ts',
  'spec/conformance/closedLoop/**/*.spec.ts',
  'spec/conformance/versions.spec.ts',
  'spec/docs.spec.ts',
  'spec/docs/docs.spec.ts',
  'spec/examples*.spec.ts',
  'spec/examples/**/*.spec.ts',
  'spec/explain/recorded.spec.ts',
  'spec/expr/differential.spec.ts',
  'spec/expr/fuzz.spec.ts',
  'spec/go/goText.spec.ts',
  'spec/hostile/**/*.spec.ts',
  'spec/**/hostile.spec.ts',
  'spec/host/failing.spec.ts',
  'spec/input/heavy.spec.ts',
  'spec/input/vectors.spec.ts',
  'spec/judgeFolder.spec.ts',
  'spec/kube/hash/**/*.spec.ts',
  'spec/kube/podTemplate/**/*.spec.ts',
  'spec/mutants/**/*.spec.ts',
  'spec/package/package.spec.ts',
  'spec/pictures/reportInBrowser.spec.ts',
  'spec/playground/**/*.spec.ts',
  'spec/**/properties.spec.ts',
  'spec/properties/**/*.spec.ts',
  'spec/replay/readBack.spec.ts',
  'spec/replay/replayAnalysis.spec.ts',
  'spec/rollout/growth.spec.ts',
  'spec/routers/realHaproxy.spec.ts',
  'spec/scenario/outages.spec.ts',
  'spec/scenario/runSimulation.spec.ts',
  'spec/simulate/everySecond.spec.ts',
  'spec/simulate/liveDump.spec.ts',
  'spec/simulate/restarts.spec.ts',
  'spec/**/seeds.spec.ts',
]

/** More that `npm run test:fast` leaves out: they change nothing that others see, so they share a process as quick specs do. */
const longSpecs: readonly string[] = [
  'spec/cli/checkRuns.spec.ts',
  'spec/cli/upgradeFiles.spec.ts',
  'spec/cluster/effects.spec.ts',
  'spec/explain/shadow.spec.ts',
  'spec/explain/availableCommands.spec.ts',
  'spec/package/browser.spec.ts',
  'spec/package/release.spec.ts',
  'spec/package/size.spec.ts',
  'spec/pictures/pictures.spec.ts',
  'spec/regressions/**/*.spec.ts',
  'spec/simulate/endlessLists.spec.ts',
  'spec/simulate/secrets.spec.ts',
  'spec/simulate/worldModels.spec.ts',
  'spec/upgrade/previewUpgrade.spec.ts',
]

/** The longest of the slow specs. They begin first: whichever begins last, the other cores wait for its end. */
const longestSpecs: readonly string[] = [
  'spec/package/package.spec.ts',
  'spec/hostile/others.spec.ts',
  'spec/hostile/reducers.spec.ts',
  'spec/hostile/readers.spec.ts',
  'spec/hostile/worlds.spec.ts',
  'spec/conformance/versions.spec.ts',
  'spec/conformance/conformance.spec.ts',
  'spec/examples.spec.ts',
]

const projectNames = ['slow', 'long', 'quick']

/** Begins with the longest specs, then the other slow ones. vitest would begin with the largest files. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const rank = ({ moduleId, project }: TestSpecification): number => {
      const at = longestSpecs.findIndex((path) => moduleId.endsWith(`/${path}`))
      return at >= 0 ? at : longestSpecs.length + projectNames.indexOf(project.name)
    }
    return [...sorted].sort((left, right) => rank(left) - rank(right))
  }
}

const include = ['spec/**/*.spec.ts']

export default defineConfig({
  resolve: {
    // As `paths` in tsconfig.json: specs may import the library by its published names.
    alias: [
      { find: /^rollout-engine$/, replacement: source('index.ts') },
      { find: /^rollout-engine\/(\w+)$/, replacement: source('$1/index.ts') },
    ],
  },
  test: {
    testTimeout: 120_000,
    passWithNoTests: false,
    // Every core: vitest leaves one of them idle, which is half of a small machine.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'slow', include: [...slowSpecs] } },
      // Files of these two share modules: importing the library anew for each of 170 would take longer than what they try.
      { extends: true, test: { name: 'long', include: [...longSpecs], isolate: false } },
      { extends: true, test: { name: 'quick', include, exclude: [...slowSpecs, ...longSpecs], isolate: false } },
    ],
  },
})
