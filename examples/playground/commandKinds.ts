/** Commands of the form: what each is called, and what its value is. */
export const commandKinds: readonly {
  readonly name: string
  readonly label: string
  readonly value?: 'count' | 'image' | 'revision'
}[] = [
  { name: 'promote', label: 'promote' },
  { name: 'promote --full', label: 'promote in full' },
  { name: 'abort', label: 'abort' },
  { name: 'retry', label: 'retry' },
  { name: 'undo', label: 'undo (to a revision)', value: 'revision' },
  { name: 'pause', label: 'pause' },
  { name: 'resume', label: 'resume' },
  { name: 'restart', label: 'restart pods' },
  { name: 'scale', label: 'scale to', value: 'count' },
  { name: 'image', label: 'set the image', value: 'image' },
  { name: 'delete', label: 'delete the Rollout' },
]
