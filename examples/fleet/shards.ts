import type { ObjectRef } from 'rollout-engine'

/**
 * Which shard an object belongs to: by its namespace, since a Rollout, its ReplicaSets and its Services have that in
 * common. FNV-1a: the same in every process.
 */
export function shardOf({ namespace }: Pick<ObjectRef, 'namespace'>, shards: number): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(namespace)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash % shards
}
