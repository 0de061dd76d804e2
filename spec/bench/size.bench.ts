import { publishedEntries } from '../../tsup.config'
import { bundledKilobytes } from '../package/bundle'
import type { Figure } from './bench'

/** What an entry weighs in a bundle: minified and packed, with everything that it imports. */
export async function bench(): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const [name, source] of Object.entries(publishedEntries)) {
    const value = await bundledKilobytes(source)
    figures.push({ name: `${name}: bundled, gzip`, value, unit: 'kB', ...(name === '.' && { most: 40 }) })
  }
  return figures
}
