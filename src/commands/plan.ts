import { isJsonObject, type JsonValue } from '../model/json'
import type { KubeObject } from '../model/meta'

// A user's command as data: the requests to the API server, in order, and the text that is printed if all of them
// succeed.

/** Names an object of the API server; `resource` is the plural, as in paths: `rollouts`. */
export interface TargetRef {
  readonly resource: string
  /** Empty if the kind has none. */
  readonly namespace: string
  readonly name: string
}

/** One operation of a JSON patch (RFC 6902). */
export interface JsonPatchOperation {
  readonly op: 'replace'
  /** A JSON pointer: `/spec/template`. */
  readonly path: string
  readonly value: unknown
}

/** A change of some fields of an object, or of its status where that is a subresource. */
export interface PatchRequest {
  readonly verb: 'patch'
  readonly target: TargetRef
  readonly subresource?: 'status'
  /** RFC 7386, where null removes; or RFC 6902. */
  readonly patchType: 'merge' | 'json'
  readonly patch: Readonly<Record<string, JsonValue>> | readonly JsonPatchOperation[]
}

/** A write of a whole object: the API server refuses it if the object was changed since it was read. */
export interface UpdateRequest {
  readonly verb: 'update'
  readonly target: TargetRef
  readonly object: KubeObject
  /** The differences from the object that was read, for callers that prefer a patch. */
  readonly patch: readonly JsonPatchOperation[]
}

/** A new object. */
export interface CreateRequest {
  readonly verb: 'create'
  /** Without a name if the API server generates one. */
  readonly target: TargetRef
  readonly object: Readonly<Record<string, unknown>>
}

/** One request to the API server. */
export type CommandRequest = PatchRequest | UpdateRequest | CreateRequest

/** What a command does. */
export interface CommandPlan {
  /** In order; empty if there is nothing to do. */
  readonly requests: readonly CommandRequest[]
  /**
   * The requests to send instead of the others if the first one, to the status, is answered NotFound: the API server
   * has no status subresource (a controller before v0.10).
   */
  readonly withoutStatusSubresource?: readonly CommandRequest[]
  /** What the command line prints on success, with its line end. */
  readonly message: string
}

/** Why a command does nothing. */
export interface Refusal {
  readonly refused: string
}

/** The requests of a command, or why there are none. */
export type CommandResult = CommandPlan | Refusal

/**
 * Whether a command refused to do anything.
 *
 * @example
 * import { isRefused, setImage } from 'rollout-engine/commands'
 * const rollout = { kind: 'Rollout', metadata: { name: 'web' }, spec: {} }
 * const result = setImage(rollout, 'app', 'web:2')
 * isRefused(result) // => true
 * isRefused(result) && result.refused // => 'unable to find container named "app"'
 */
export const isRefused = (result: CommandResult): result is Refusal => isJsonObject(result) && 'refused' in result

/** The fields of an object that are needed to patch it. */
export interface Named {
  readonly metadata: { readonly name: string; readonly namespace?: string }
}
