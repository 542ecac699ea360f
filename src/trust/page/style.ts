import { createHash } from 'node:crypto';
import { Markup, pagePolicy } from '#base';

/** The page's only style sheet. It travels inside the page, so that a saved or printed copy looks the same. */
const css = `
:root{color-scheme:light dark;--paper:#faf9f5;--card:#fff;--ink:#1b2320;--quiet:#57615d;--line:#dcdbd2;--link:#0b5a6b;
--good:#17643f;--good-soft:#e5f1e9;--bad:#a11a21;--bad-soft:#fbe7e6;--wait:#6a5510;--wait-soft:#f6efd8;--none:#4b5563;--none-soft:#eceef0}
@media (prefers-color-scheme:dark){:root{--paper:#121615;--card:#1a201e;--ink:#e9ece8;--quiet:#a3ada8;--line:#2f3835;--link:#7cc7d8;
--good:#7fd0a1;--good-soft:#17301f;--bad:#ff9b97;--bad-soft:#3b1b1c;--wait:#e0c673;--wait-soft:#322a12;--none:#b6bfc9;--none-soft:#242a2f}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:54rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:clamp(2rem,7vw,5rem)}
h1,h2{font-family:ui-serif,"Iowan Old Style",Charter,Georgia,"Times New Roman",serif;font-weight:600;line-height:1.2;text-wrap:balance;overflow-wrap:break-word}
h1{font-size:clamp(1.9rem,5vw,2.9rem);letter-spacing:-.01em;margin:.25rem 0 1rem;max-width:26ch}
h2{font-size:1.45rem;margin:3rem 0 1rem}
h3{font-size:1.125rem;line-height:1.45;font-weight:600;margin:.5rem 0 .4rem;text-wrap:pretty}
h4{font-size:.95rem;margin:1.1rem 0 .2rem}
p{margin:.4rem 0}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--link);outline-offset:3px;border-radius:2px}
.name{font-weight:700;letter-spacing:.08em;text-transform:uppercase;font-size:.85rem;color:var(--quiet);margin:0}
.intro{max-width:44rem;font-size:1.15rem}
.quiet,.label{color:var(--quiet);font-size:.94rem}
.skip{position:absolute;left:-999rem;background:var(--card);padding:.6rem 1rem}
.skip:focus{left:1rem;top:1rem;z-index:1}
.verdict{margin:2rem 0 1rem;padding:.9rem 1.1rem;border-left:.3rem solid var(--good);background:var(--good-soft);border-radius:.3rem;font-weight:600}
.verdict.partly{border-color:var(--none);background:var(--none-soft)}
.verdict.failing{border-color:var(--bad);background:var(--bad-soft)}
.verdict.failing .mark{color:var(--bad)}
.verdict ul{margin:.4rem 0 0;padding-left:1.2rem;font-weight:400}
.counts{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.75rem;margin:1rem 0 0}
.counts>div{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.8rem 1rem;display:flex;flex-direction:column-reverse}
.counts dt{font-size:.95rem;color:var(--tone)}
.counts dd{margin:0;font-size:2rem;line-height:1.15;font-variant-numeric:tabular-nums}
.claim{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1.05rem 1.2rem 1.1rem;margin:0 0 .9rem}
.claim:target{border-color:var(--link)}
.claim.failing{border-color:var(--bad)}
.status{margin:0;display:flex;flex-wrap:wrap;align-items:baseline;gap:.15rem .5rem;font-size:.95rem;font-weight:650;color:var(--tone)}
.status .quiet{font-weight:400}
.mark{display:inline-block;min-width:1.45em;text-align:center;font-weight:700;color:var(--tone);background:var(--soft);border-radius:.3rem}
.mark svg{width:1em;height:1em;vertical-align:-.1em;fill:none;stroke:currentColor;stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round}
.proven,.attested,.in-force{--tone:var(--good);--soft:var(--good-soft)}
.failing,.overdue,.attestation-expired{--tone:var(--bad);--soft:var(--bad-soft)}
.not-exercised,.roadmap,.not-claimed{--tone:var(--none);--soft:var(--none-soft)}
.unknown{--tone:var(--wait);--soft:var(--wait-soft)}
.finding{border-left:.2rem solid var(--tone);padding-left:.8rem;font-size:.98rem}
.finding q{quotes:none}
details{margin-top:.6rem}
summary{cursor:pointer;color:var(--link);padding:.25rem 0;width:fit-content}
details p{max-width:44rem}
code{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--none-soft);padding:.1em .35em;border-radius:.25rem}
dl{margin:.4rem 0 0}
.facts>div{display:grid;grid-template-columns:minmax(9rem,14rem) 1fr;gap:0 1rem;padding:.3rem 0;border-top:1px solid var(--line)}
.facts dt{color:var(--quiet);font-size:.94rem}
.facts dd,.legend dd{margin:0}
.legend>div{display:grid;grid-template-columns:14rem 1fr;gap:0 1rem;padding:.5rem 0;border-top:1px solid var(--line)}
.legend dt{color:var(--tone);font-weight:650}
main li{margin:.25rem 0}
.contents{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1.4rem}
.scroll{overflow-x:auto;margin:.6rem 0;border:1px solid var(--line);border-radius:.6rem;background:var(--card)}
table{border-collapse:collapse;width:100%;font-size:.95rem;line-height:1.45}
th,td{text-align:left;vertical-align:top;padding:.5rem .8rem;border-top:1px solid var(--line);overflow-wrap:break-word;min-width:7.5rem}
thead th{border-top:0;color:var(--quiet);font-weight:600;white-space:nowrap}
tbody th{font-weight:600}
.places{font-size:.9rem}.places th{font-weight:400}
ul.places{padding-left:1.2rem}
footer{margin-top:3rem;padding-top:1.2rem;padding-bottom:3rem;color:var(--quiet);border-top:1px solid var(--line)}
@media (max-width:36rem){.facts>div,.legend>div{grid-template-columns:1fr}.counts{grid-template-columns:1fr 1fr;gap:.5rem}.counts>div{padding:.6rem .7rem}}
@media (max-width:36rem){table.places thead{position:absolute;left:-999rem}table.places tr{display:block;padding:.5rem .8rem;border-top:1px solid var(--line)}
table.places th,table.places td{display:block;padding:0;border:0}table.places td:nth-child(2){color:var(--quiet);font-size:.85rem}}
@media print{:root{--paper:#fff;--card:#fff;--ink:#000;--quiet:#333;--line:#999;--link:#000;--good:#000;--bad:#000;--wait:#000;--none:#000;
--good-soft:#fff;--bad-soft:#fff;--wait-soft:#fff;--none-soft:#fff}html{font-size:9.5pt}body{font-size:1rem}.skip,summary{display:none}
.claim{break-inside:avoid;border-color:#999}details::details-content{content-visibility:visible;block-size:auto}}
`;

/** Nothing but colour, type and space: no outside font, image or address. */
export const style = new Markup(css);

/** The page may load nothing at all, and use exactly this style (CSP level 3 §6.7.3). */
export const contentSecurityPolicy = pagePolicy({
  style: `'sha256-${createHash('sha256').update(css).digest('base64')}'`,
});
