/** What an object needs to work its getters out; its own, and not listed. */
const sources = Symbol('sources')

type Sources<Fields> = { readonly [Name in keyof Fields]: () => Fields[Name] }

/**
 * Gives objects own fields that are worked out when somebody reads them. The getters are the same functions for all
 * objects: V8 keeps those of an object literal, with everything that they can reach, until the next full collection.
 */
export function laterFields<Fields extends object>(...names: readonly (keyof Fields & string)[]) {
  const getters: PropertyDescriptorMap = {}
  for (const name of names) {
    getters[name] = {
      enumerable: true,
      configurable: true,
      get(this: { readonly [sources]: Sources<Fields> }) {
        return this[sources][name]()
      },
    }
  }
  return <T extends object>(object: T, given: Sources<Fields>): T & Fields => {
    Object.defineProperty(object, sources, { value: given })
    return Object.defineProperties(object, getters) as T & Fields
  }
}
