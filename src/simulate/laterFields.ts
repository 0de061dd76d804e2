/** The functions behind the getters of an object. Not enumerable, so that no copy and no comparison has them. */
const sources = Symbol('sources')

type Sources<Fields> = { readonly [Name in keyof Fields]: () => Fields[Name] }

/**
 * Gives objects own fields that are computed when they are read; names that an object has keep their place. The getters
 * are the same functions for all objects, because V8 keeps those of an object literal, with everything that they can
 * reach, until the next full collection. A getter works on its own object only.
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
  return <T extends object>(object: T, given: Sources<Fields>): Omit<T, keyof Fields> & Fields => {
    Object.defineProperty(object, sources, { value: given })
    return Object.defineProperties(object, getters) as unknown as Omit<T, keyof Fields> & Fields
  }
}
