import type { LabelSelectorRequirement } from '../model/meta'

/** Does the expression of a label selector hold for the label's value? Undefined: the object lacks the label. */
export function expressionSelects({ operator, values }: LabelSelectorRequirement, label: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return label !== undefined && (values ?? []).includes(label)
    case 'NotIn':
      return label === undefined || !(values ?? []).includes(label)
    case 'Exists':
      return label !== undefined
    case 'DoesNotExist':
      return label === undefined
    default:
      return false
  }
}
