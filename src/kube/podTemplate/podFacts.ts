/** What rules of containers have to know about their pod. */
export interface PodFacts {
  /** Volumes that are well formed, by name. */
  readonly volumes: ReadonlyMap<string, unknown>
  /** Names under `resourceClaims`. */
  readonly claims: ReadonlySet<string>
  readonly graceSeconds: number
  readonly restartPolicy: string
  /** `linux`, `windows`, or undefined if it is not said. */
  readonly os: string | undefined
}
