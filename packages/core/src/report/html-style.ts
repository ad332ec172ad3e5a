/** Colours of the page by their use. Each of those that write text is read on both backgrounds: html-style.test.ts. */
export const THEMES = {
  light: {
    page: '#ffffff',
    box: '#f4f6f8',
    line: '#d0d7de',
    text: '#1b1f24',
    soft: '#505a64',
    link: '#0b57b8',
    critical: '#a4161a',
    high: '#b3420a',
    medium: '#7a5200',
    low: '#46515c',
    good: '#176433',
  },
  dark: {
    page: '#0e1217',
    box: '#171d24',
    line: '#39424c',
    text: '#e6edf3',
    soft: '#a3afbb',
    link: '#79b8ff',
    critical: '#ff938c',
    high: '#ffab70',
    medium: '#e8c15a',
    low: '#b9c3cd',
    good: '#7ee29a',
  },
} as const;

function variables(theme: Readonly<Record<string, string>>): string {
  return Object.entries(theme)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');
}

/** The style of the page, in full: it loads nothing. */
export const STYLE = `
:root{color-scheme:light dark;${variables(THEMES.light)}}
@media (prefers-color-scheme:dark){:root{${variables(THEMES.dark)}}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:76rem;padding:1.5rem 1rem 3rem;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
h1{margin:0;font-size:1.6rem;line-height:1.25}
h2{margin:2.2rem 0 .6rem;font-size:1.25rem}
h3{margin:1.4rem 0 .2rem;font-size:1.05rem;overflow-wrap:anywhere}
h3 code{font-weight:700}
p,ul,ol{margin:.4rem 0}
code{font:.92em/1.45 ui-monospace,monospace;overflow-wrap:anywhere;white-space:pre-wrap}
a{color:var(--link)}
header{border-left:.5rem solid var(--low);padding:.2rem 0 .2rem 1rem}
header.fail,header.incomplete{border-color:var(--critical)}
header.pass{border-color:var(--good)}
.fail h1,.incomplete h1,.critical{color:var(--critical)}
.pass h1,.good{color:var(--good)}
.high{color:var(--high)}
.medium{color:var(--medium)}
.low{color:var(--low)}
.soft{color:var(--soft)}
.badge{font-weight:700;font-size:.85em;border:1px solid currentColor;border-radius:.25rem;padding:.05rem .35rem;white-space:nowrap}
details{border:1px solid var(--line);border-radius:.4rem;margin:.4rem 0;background:var(--box)}
summary{padding:.45rem .7rem;cursor:pointer;overflow-wrap:anywhere}
summary:focus-visible,a:focus-visible{outline:3px solid var(--link);outline-offset:1px}
details>:not(summary){margin-left:.7rem;margin-right:.7rem}
details>:last-child{margin-bottom:.7rem}
dl{margin:.4rem 0}
dl>div{display:grid;grid-template-columns:minmax(7rem,11rem) 1fr;gap:.15rem 1rem;padding:.15rem 0}
dt{color:var(--soft)}
dd{margin:0;min-width:0;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse;font-size:.93rem}
caption{text-align:left;color:var(--soft);padding:.3rem 0}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-top:1px solid var(--line);overflow-wrap:break-word;min-width:4.5rem}
.scroll{overflow-x:auto}
th{font-weight:600}
footer{margin-top:2.5rem;border-top:1px solid var(--line);padding-top:.6rem}
@media (max-width:40rem){dl>div{grid-template-columns:1fr}}
@media print{
:root{${variables(THEMES.light)}}
body{max-width:none;padding:0;font-size:10pt}
details{break-inside:avoid-page;background:none}
details::details-content{content-visibility:visible;display:block;block-size:auto}
h2,h3,summary{break-after:avoid}
}
`;

/** SHA-256 of STYLE in base64, for the page's content security policy; the test beside this file says what it has to be. */
export const STYLE_HASH = '/jr9ZJDDsyYcUW6pajUwManAunNPLwQTYHJWm2F4m7U=';
