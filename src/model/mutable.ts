/** The same fields, to be written while a value is made. */
export type Mutable<T> = { -readonly [Field in keyof T]: T[Field] }
