import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stringify } from 'yaml'
import type { Counterexample } from '../check/replay'
import type { ControllerVersion } from '../model/controllerVersion'
import type { KubeObject } from '../model/meta'
import { simulationOf } from '../scenario/counterexample'
import { reasonOf } from './files'
import { printNote } from './output'
import { readableLine } from './readable'

interface CheckedFiles {
  readonly files: readonly string[]
  readonly manifests: readonly KubeObject[]
  readonly controller: ControllerVersion | undefined
  readonly rollout: string | undefined
}

/**
 * Writes counterexamples as Simulation files. They name the manifests by their paths, so that they follow a change;
 * false, after saying why, where one cannot be written.
 */
export function saveCounterexamples(
  folder: string,
  counterexamples: readonly Counterexample[],
  { files, manifests, controller, rollout }: CheckedFiles,
): boolean {
  // Standard input has no path.
  const sources = files.includes('-') ? manifests : files.map((file) => relative(folder, file).replaceAll('\\', '/'))
  try {
    mkdirSync(folder, { recursive: true })
    for (const one of counterexamples) {
      const found = simulationOf(one, {
        manifests: sources,
        ...(rollout !== undefined && { rollout }),
        ...(controller !== undefined && { controller }),
      })
      const file = join(folder, `${one.invariant}.yaml`)
      writeFileSync(file, stringify(found, { lineWidth: 0, aliasDuplicateObjects: false }))
      printNote(`rollout-engine: saved ${readableLine(file)}`)
    }
    return true
  } catch (error) {
    printNote(`rollout-engine: cannot write into ${readableLine(folder)}: ${readableLine(reasonOf(error))}`)
    return false
  }
}
