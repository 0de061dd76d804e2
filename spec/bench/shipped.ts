import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { packAndInstall } from '../package/packed'

/** The built package. What runs the TypeScript sources adds a call to every function that is made, which counts here. */
export interface Shipped {
  readonly core: typeof import('../../src/index')
  readonly simulation: typeof import('../../src/simulate/index')
}

/** Builds and installs the package for as long as something is measured. */
export async function withShipped<T>(measure: (shipped: Shipped) => T): Promise<T> {
  const packed = packAndInstall()
  try {
    const entry = (path: string): Promise<unknown> => import(pathToFileURL(join(packed.installed, path)).href)
    const [core, simulation] = await Promise.all([entry('dist/index.js'), entry('dist/simulate/index.js')])
    return measure({ core, simulation } as Shipped)
  } finally {
    packed.remove()
  }
}
