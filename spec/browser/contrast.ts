/**
 * Texts of a page whose contrast is below WCAG AA (4.5 : 1), as an expression for the page itself. The background is the
 * nearest element around the text that has one; texts of an SVG are on its surface or on the box at their place.
 */
export const lowContrast = `(() => {
  const numbers = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number)
  const light = (colour) => {
    const [r, g, b] = numbers(colour).map((part) => { const x = part / 255; return x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4 })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const behind = (node) => {
    if (node.closest('svg')) {
      const box = node.getBoundingClientRect()
      const [x, y] = [box.left + 2, box.top + box.height / 2]
      const hits = [...node.closest('svg').querySelectorAll('rect')].filter((one) => {
        const rect = one.getBoundingClientRect()
        return rect.left <= x && rect.right >= x && rect.top <= y && rect.bottom >= y && getComputedStyle(one).fill.startsWith('rgb')
      })
      const last = hits.pop()
      if (last) return getComputedStyle(last).fill
    }
    for (let at = node; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor
      if (numbers(colour)[3] !== 0) return colour
    }
    return 'rgb(255, 255, 255)'
  }
  const found = []
  for (const node of document.querySelectorAll('body *')) {
    if (!['SCRIPT', 'STYLE'].includes(node.tagName) && [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim() !== '') && node.getClientRects().length > 0) {
      const style = getComputedStyle(node)
      const [a, b] = [light(node.closest('svg') ? style.fill : style.color), light(behind(node))].sort((x, y) => y - x)
      const ratio = (a + 0.05) / (b + 0.05)
      if (ratio < 4.5) found.push(node.tagName + ' ' + node.textContent.slice(0, 40) + ' ' + ratio.toFixed(2))
    }
  }
  return found
})()`
