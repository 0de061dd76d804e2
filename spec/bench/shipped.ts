import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'tsup'
import configs from '../../tsup.config'
import { root } from '../package/packed'

/** The built package. What runs the TypeScript sources adds a call to every function that is made, which counts here. */
export interface Shipped {
  readonly core: typeof import('../../src/index')
  readonly simulation: typeof import('../../src/simulate/index')
  readonly kit: typeof import('../../src/check/index')
  readonly scenario: typeof import('../../src/scenario/index')
  /** The program of the command line. */
  readonly program: string
}

/** Builds the modules of the package as they are published, for as long as something is measured; `dist` is where they are. */
export async function withBuilt<T>(measure: (dist: string) => T | Promise<T>): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rollout-engine-bench-')))
  try {
    const dist = join(folder, 'dist')
    for (const modules of configs())
      if (modules.format === 'esm') await build({ ...modules, config: false, outDir: dist })
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir')
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    return await measure(dist)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const withShipped = <T>(measure: (shipped: Shipped) => T | Promise<T>): Promise<T> =>
  withBuilt(async (dist) => {
    const entry = (path: string): Promise<unknown> => import(pathToFileURL(join(dist, path)).href)
    const core = await entry('index.js')
    const [simulation, kit] = [await entry('simulate/index.js'), await entry('check/index.js')]
    const scenario = await entry('scenario/index.js')
    return measure({ core, simulation, kit, scenario, program: join(dist, 'cli/main.js') } as Shipped)
  })
