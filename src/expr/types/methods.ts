import {
  boolType,
  byteSlice,
  durationType,
  errorType,
  floatType,
  funcOf,
  type GoType,
  int64Type,
  intType,
  locationPointer,
  monthType,
  type Signature,
  sliceOf,
  statusCodeType,
  stringType,
  timeType,
  weekdayType,
} from './goType'

const method = (inputs: readonly GoType[], ...outputs: readonly GoType[]): Signature => ({ inputs, outputs })

const timeMethods: Readonly<Record<string, Signature>> = {
  Add: method([durationType], timeType),
  AddDate: method([intType, intType, intType], timeType),
  After: method([timeType], boolType),
  AppendBinary: method([byteSlice], byteSlice, errorType),
  AppendFormat: method([byteSlice, stringType], byteSlice),
  AppendText: method([byteSlice], byteSlice, errorType),
  Before: method([timeType], boolType),
  Clock: method([], intType, intType, intType),
  Compare: method([timeType], intType),
  Date: method([], intType, monthType, intType),
  Day: method([], intType),
  Equal: method([timeType], boolType),
  Format: method([stringType], stringType),
  GoString: method([], stringType),
  GobEncode: method([], byteSlice, errorType),
  Hour: method([], intType),
  ISOWeek: method([], intType, intType),
  In: method([locationPointer], timeType),
  IsDST: method([], boolType),
  IsZero: method([], boolType),
  Local: method([], timeType),
  Location: method([], locationPointer),
  MarshalBinary: method([], byteSlice, errorType),
  MarshalJSON: method([], byteSlice, errorType),
  MarshalText: method([], byteSlice, errorType),
  Minute: method([], intType),
  Month: method([], monthType),
  Nanosecond: method([], intType),
  Round: method([durationType], timeType),
  Second: method([], intType),
  String: method([], stringType),
  Sub: method([timeType], durationType),
  Truncate: method([durationType], timeType),
  UTC: method([], timeType),
  Unix: method([], int64Type),
  UnixMicro: method([], int64Type),
  UnixMilli: method([], int64Type),
  UnixNano: method([], int64Type),
  Weekday: method([], weekdayType),
  Year: method([], intType),
  YearDay: method([], intType),
  Zone: method([], stringType, intType),
  ZoneBounds: method([], timeType, timeType),
}

const durationMethods: Readonly<Record<string, Signature>> = {
  Abs: method([], durationType),
  Hours: method([], floatType),
  Microseconds: method([], int64Type),
  Milliseconds: method([], int64Type),
  Minutes: method([], floatType),
  Nanoseconds: method([], int64Type),
  Round: method([durationType], durationType),
  Seconds: method([], floatType),
  String: method([], stringType),
  Truncate: method([durationType], durationType),
}

const nameOnly: Readonly<Record<string, Signature>> = { String: method([], stringType) }

/** Methods that an expression can call on a value, by the type's name. */
const methodSets: Readonly<Record<string, Readonly<Record<string, Signature>>>> = {
  [timeType.name]: timeMethods,
  [durationType.name]: durationMethods,
  [monthType.name]: nameOnly,
  [weekdayType.name]: nameOnly,
  [locationPointer.name]: nameOnly,
  [statusCodeType.name]: { Values: method([], sliceOf(statusCodeType)) },
}

export function methodOf(type: GoType, name: string): Signature | undefined {
  const methods = Object.hasOwn(methodSets, type.name) ? methodSets[type.name]! : undefined
  return methods && Object.hasOwn(methods, name) ? methods[name] : undefined
}

/** The method's static type, which has the receiver as its first input. */
export const methodExpression = (receiver: GoType, { inputs, outputs }: Signature): GoType =>
  funcOf({ inputs: [receiver, ...inputs], outputs })

/**
 * Signatures that the machine calls directly. A wrong argument then fails as a type assertion; calls of all others go
 * through reflection, which words it differently and takes nil for the zero value.
 */
export const directSignatures: readonly string[] = [
  'func() time.Duration',
  'func() time.Month',
  'func() time.Time',
  'func() time.Weekday',
  'func() bool',
  'func() float64',
  'func() int',
  'func() int64',
  'func() string',
  'func(time.Duration) time.Duration',
  'func(time.Duration) time.Time',
  'func(time.Time) time.Duration',
  'func(time.Time) bool',
  'func([]interface {}, string) string',
  'func([]string, string) string',
  'func(interface {}) bool',
  'func(interface {}) float64',
  'func(interface {}) string',
  'func(interface {}, interface {}) interface {}',
  'func(float64) bool',
  'func(int) int',
  'func(int, int) int',
  'func(string) string',
  'func(string) []string',
  'func(string, string) bool',
  'func(string, string) string',
]
