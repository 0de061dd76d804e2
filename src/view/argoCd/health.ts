/** The health of an object in Argo CD. */
export interface ArgoCdHealth {
  /** Empty if Argo CD has no opinion: a phase that its rules do not know. */
  readonly status: 'Healthy' | 'Progressing' | 'Degraded' | 'Suspended' | 'Missing' | 'Unknown' | ''
  readonly message: string
}

const health =
  (status: ArgoCdHealth['status']) =>
  (message: string): ArgoCdHealth => ({ status, message })

export const healthy = health('Healthy')
export const progressing = health('Progressing')
export const degraded = health('Degraded')
export const suspended = health('Suspended')
export const unknown = health('Unknown')
export const noOpinion = health('')
