import { colourRules, type PictureTheme } from '../svg/theme'

/** The style sheet of the page: the colours of the pictures, light and dark, and a plain one for paper. */
export const reportStyle = (theme: PictureTheme): string =>
  [colourRules(':root', theme), schemeOf(theme), rules, printRules].join('')

const schemeOf = (theme: PictureTheme): string => `:root{color-scheme:${theme === 'auto' ? 'light dark' : theme}}`

const rules = `*{box-sizing:border-box}
body{margin:0;background:var(--re-panel);color:var(--re-ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif}
header,main,footer{max-width:1080px;margin:0 auto;padding:0 20px}
header{padding-top:24px}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 8px;overflow-wrap:anywhere}
h2{font-size:1.15rem;margin:0 0 12px}
h3{font-size:.95rem;margin:0 0 6px}
p{margin:0 0 8px;overflow-wrap:anywhere}
.soft{color:var(--re-soft)}
.skip{position:absolute;left:-9999px}
.skip:focus{left:12px;top:8px;background:var(--re-surface);color:var(--re-accent);padding:6px 10px;z-index:2}
section{background:var(--re-surface);border:1px solid var(--re-line);border-radius:8px;padding:18px 20px;margin:16px 0}
figure{margin:0;position:relative}
figure svg{display:block;width:100%;height:auto}
.cursor{position:absolute;top:8%;bottom:6%;width:2px;background:var(--re-accent);pointer-events:none}
.controls{display:flex;flex-wrap:wrap;gap:10px;align-items:center;margin:0 0 12px}
.controls input{flex:1 1 200px;min-width:0;accent-color:var(--re-accent)}
button,select{font:inherit;color:var(--re-ink);background:var(--re-panel);border:1px solid var(--re-soft);border-radius:6px;padding:5px 12px;max-width:100%}
button:disabled{color:var(--re-soft);border-style:dashed}
:focus-visible{outline:3px solid var(--re-accent);outline-offset:2px}
output{font-variant-numeric:tabular-nums;font-weight:600;min-width:6em}
.badge{display:inline-block;border:1px solid var(--re-soft);border-radius:6px;padding:1px 9px;font-weight:600}
.cards{display:grid;grid-template-columns:minmax(0,1fr);gap:16px}
@media (min-width:900px){.cards{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}.wide{grid-column:1/-1}}
.card{border-top:1px solid var(--re-line);padding-top:12px;min-width:0}
ul{margin:0;padding-left:20px;overflow-wrap:anywhere}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;width:100%;font-size:.88rem;margin:0 0 12px}
caption{text-align:left;color:var(--re-soft);padding:0 0 6px}
th,td{text-align:left;vertical-align:top;padding:4px 12px 4px 0;border-bottom:1px solid var(--re-line);font-variant-numeric:tabular-nums}
tbody th{font-weight:600;white-space:nowrap}
.differences td,.differences th{overflow-wrap:anywhere;white-space:normal;min-width:7em}
pre{margin:6px 0 0;padding:10px 12px;background:var(--re-panel);border:1px solid var(--re-line);border-radius:6px;overflow:auto;max-height:420px;font:12.5px/1.45 ui-monospace,"DejaVu Sans Mono",monospace}
summary{cursor:pointer;color:var(--re-accent);margin:10px 0}
kbd{border:1px solid var(--re-soft);border-radius:4px;padding:0 5px;font:inherit;font-size:.85em}
footer{padding-bottom:32px}`

/** On paper: light colours, no controls, nothing that scrolls; headings of tables again on each page. */
const printRules = `@media print{${colourRules(':root,:root .re-picture', 'light')}:root{color-scheme:light}
body{background:none;font-size:11pt}header,main,footer{max-width:none;padding:0}
section{border:0;padding:0}figure,tr,.card{break-inside:avoid}h2,h3,summary{break-after:avoid}
.controls,.skip,.cursor,.hint,select,footer{display:none}.scroll{overflow:visible}
td,th,tbody th{white-space:normal;overflow-wrap:anywhere}pre{max-height:none;overflow:visible;white-space:pre-wrap;overflow-wrap:anywhere}}`
