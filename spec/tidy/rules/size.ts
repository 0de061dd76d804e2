import ts from 'typescript'
import { mostFileLines, mostFunctionLines, mostSpecLines } from '../house'
import { inSrc, inSrcOrSpec, nodeRule, type Rule } from '../rule'

export const fileLength: Rule = {
  name: 'file length',
  appliesTo: (path) => inSrcOrSpec(path) && !path.endsWith('.generated.ts'),
  *check(file) {
    const lines = file.text.replace(/\n$/, '').split('\n').length
    const most = file.path.startsWith('spec/') ? mostSpecLines : mostFileLines
    if (lines > most) yield { node: file.source, message: `${lines} lines, at most ${most}` }
  },
}

export const functionLength = nodeRule('function length', inSrc, (node, { source }) => {
  if (!ts.isFunctionLike(node)) return undefined
  const line = (position: number): number => source.getLineAndCharacterOfPosition(position).line
  const lines = line(node.end) - line(node.getStart(source)) + 1
  return lines > mostFunctionLines ? `${lines} lines, at most ${mostFunctionLines}` : undefined
})
