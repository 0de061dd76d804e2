const folder = 'src/rollout/scale'

/** Where sizes and weights are worked out: all of scale/, what it measures with, and how weights are chosen. */
export const mutatedFiles = (listFolder: (folder: string) => readonly string[]): string[] => [
  ...listFolder(folder).map((name) => `${folder}/${name}`),
  'src/rollout/defaults.ts',
  'src/rollout/desired/canaryWeight.ts',
  'src/rollout/traffic/trafficWeight.ts',
]
