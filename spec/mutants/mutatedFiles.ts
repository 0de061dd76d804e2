const folders = ['src/rollout/scale', 'src/rollout/desired']

/** Where sizes and weights are worked out: all of scale/ and desired/, what they measure with, and how weights are chosen. */
export const mutatedFiles = (listFolder: (folder: string) => readonly string[]): string[] => [
  ...folders.flatMap((folder) => listFolder(folder).map((name) => `${folder}/${name}`)),
  'src/rollout/defaults.ts',
  'src/rollout/traffic/trafficWeight.ts',
]
