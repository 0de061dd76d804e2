import { resolve } from 'node:path'
import { writeDeclarations } from './declarations'

// A part of `npm run build`. `tsx scripts/emit-types.ts DIST` for another folder.
writeDeclarations(resolve(process.argv[2] ?? 'dist'))
