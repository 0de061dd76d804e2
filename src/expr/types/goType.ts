/**
 * The Go types that values of an expression can have. The language is typed while it is compiled and again while it
 * runs, and its messages name these types, so they are part of its behaviour.
 */
export type Kind =
  | 'bool'
  | 'int'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'float64'
  | 'string'
  | 'interface'
  | 'slice'
  | 'array'
  | 'map'
  | 'struct'
  | 'func'
  | 'ptr'

export interface GoType {
  /** As reflect prints it. Within this universe a name represents one type. */
  readonly name: string
  readonly kind: Kind
  /** Of slices, arrays, maps and pointers. */
  readonly elem?: GoType
  /** Of maps. */
  readonly key?: GoType
  /** Types declared by a package: the name that `type()` gives. */
  readonly path?: string
  /** The unnamed type that a declared type represents, where values can be assigned between the two. */
  readonly underlying?: string
  readonly fields?: Readonly<Record<string, GoType>>
  readonly signature?: Signature
}

export interface Signature {
  readonly inputs: readonly GoType[]
  readonly outputs: readonly GoType[]
  /** The last input is a slice that takes any number of arguments. */
  readonly variadic?: boolean
}

const basic = (kind: Kind): GoType => ({ name: kind, kind })

export const boolType = basic('bool')
export const intType = basic('int')
export const int32Type = basic('int32')
export const int64Type = basic('int64')
export const uint8Type = basic('uint8')
export const uint64Type = basic('uint64')
export const floatType = basic('float64')
export const stringType = basic('string')
export const anyType: GoType = { name: 'interface {}', kind: 'interface' }
export const errorType: GoType = { name: 'error', kind: 'interface' }

export const sliceOf = (elem: GoType): GoType => ({ name: `[]${elem.name}`, kind: 'slice', elem })
export const pointerTo = (elem: GoType): GoType => ({ name: `*${elem.name}`, kind: 'ptr', elem })
const mapOf = (key: GoType, elem: GoType): GoType => ({ name: `map[${key.name}]${elem.name}`, kind: 'map', key, elem })

export const anySlice = sliceOf(anyType)
export const intSlice = sliceOf(intType)
export const floatSlice = sliceOf(floatType)
export const stringSlice = sliceOf(stringType)
export const byteSlice = sliceOf(uint8Type)
/** What `toPairs` gives: arrays of two. */
export const pairType: GoType = { name: '[2]interface {}', kind: 'array', elem: anyType }
export const pairSlice = sliceOf(pairType)
export const stringMap = mapOf(stringType, anyType)
export const anyMap = mapOf(anyType, anyType)
/** What `groupBy` gives. */
export const groupMap = mapOf(anyType, anySlice)

export function funcOf({ inputs, outputs, variadic }: Signature): GoType {
  const names = inputs.map((input, i) => (variadic && i === inputs.length - 1 ? `...${input.elem!.name}` : input.name))
  const result = outputs.length === 1 ? outputs[0]!.name : `(${outputs.map((output) => output.name).join(', ')})`
  const name = `func(${names.join(', ')})${outputs.length === 0 ? '' : ` ${result}`}`
  return { name, kind: 'func', signature: { inputs, outputs, variadic: variadic === true } }
}

const declared = (path: string, type: Omit<GoType, 'name' | 'path'>): GoType => ({
  ...type,
  name: path.slice(path.lastIndexOf('/') + 1),
  path,
})

export const timeType = declared('time.Time', { kind: 'struct', fields: {} })
export const durationType = declared('time.Duration', { kind: 'int64' })
export const monthType = declared('time.Month', { kind: 'int' })
export const weekdayType = declared('time.Weekday', { kind: 'int' })
export const locationType = declared('time.Location', { kind: 'struct', fields: {} })
export const locationPointer = pointerTo(locationType)

/** New Relic's rows. */
export const nrdbType = declared('github.com/newrelic/newrelic-client-go/v2/pkg/nrdb.NRDBResult', {
  kind: 'map',
  key: stringType,
  elem: anyType,
  underlying: stringMap.name,
})
export const nrdbSlice = sliceOf(nrdbType)

/** CloudWatch's series. */
const cloudWatch = 'github.com/aws/aws-sdk-go-v2/service/cloudwatch/types'
export const stringPointer = pointerTo(stringType)
export const statusCodeType = declared(`${cloudWatch}.StatusCode`, { kind: 'string' })
export const messageType = declared(`${cloudWatch}.MessageData`, {
  kind: 'struct',
  fields: { Code: stringPointer, Value: stringPointer },
})
export const seriesType = declared(`${cloudWatch}.MetricDataResult`, {
  kind: 'struct',
  fields: {
    Id: stringPointer,
    Label: stringPointer,
    Messages: sliceOf(messageType),
    StatusCode: statusCodeType,
    Timestamps: sliceOf(timeType),
    Values: floatSlice,
  },
})
export const seriesSlice = sliceOf(seriesType)

export const sameType = (left: GoType, right: GoType): boolean => left === right || left.name === right.name

/** reflect.Type.AssignableTo. */
export function assignable(from: GoType, to: GoType): boolean {
  if (sameType(from, to)) return true
  if (to.kind === 'interface') return to.name === anyType.name
  return from.underlying === to.name || to.underlying === from.name
}

export const integerKinds: readonly Kind[] = [
  'int',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
]

export const isIntegerKind = (kind: Kind): boolean => integerKinds.includes(kind)
export const isNumberKind = (kind: Kind): boolean => kind === 'float64' || isIntegerKind(kind)

/** Built-in integer types only: a time.Duration is not one. */
export const isInteger = (type: GoType): boolean => type.path === undefined && isIntegerKind(type.kind)
export const isFloat = (type: GoType): boolean => type === floatType || type.name === floatType.name

/** The type behind any pointers. */
export function dereferenced(type: GoType): GoType {
  return type.kind === 'ptr' ? dereferenced(type.elem!) : type
}
