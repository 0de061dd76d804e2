import { readFileSync } from 'node:fs'

/** The package's version: src/cli/ and dist/cli/ are both two folders below package.json. */
export function versionOfPackage(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version
}
