/** Colours, type, and what stands around every page. */
export const frameCss = `
:root{color-scheme:light dark;--paper:#faf9f5;--card:#fff;--ink:#1b2320;--quiet:#57615d;--line:#dcdbd2;--link:#0b5a6b;--here:#e7eeee;
--good:#17643f;--good-soft:#e5f1e9;--bad:#a11a21;--bad-soft:#fbe7e6;--wait:#6a5510;--wait-soft:#f6efd8;--none:#4b5563;--none-soft:#eceef0}
@media (prefers-color-scheme:dark){:root{--paper:#121615;--card:#1a201e;--ink:#e9ece8;--quiet:#a3ada8;--line:#2f3835;--link:#7cc7d8;--here:#1f2a2a;
--good:#7fd0a1;--good-soft:#17301f;--bad:#ff9b97;--bad-soft:#3b1b1c;--wait:#e0c673;--wait-soft:#322a12;--none:#b6bfc9;--none-soft:#242a2f}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans Devanagari",sans-serif;overflow-wrap:anywhere}
:lang(hi){line-height:1.75}
.top,.columns,.foot,.alone{max-width:72rem;margin:0 auto;padding:0 1.25rem}
.top{display:flex;flex-wrap:wrap;align-items:baseline;justify-content:space-between;gap:.2rem 1.5rem;padding-top:1rem;padding-bottom:.8rem}
.name{font-weight:700;margin:0;max-width:100%}
nav ul{list-style:none;margin:0;padding:0}
.languages ul{display:flex;flex-wrap:wrap;gap:0 .15rem;margin-left:-.5rem}
.languages li,.pages li{margin:0}
.languages a{display:block;padding:.35rem .5rem;font-size:.92rem;color:var(--quiet);text-decoration:none}
.languages a:hover,.pages a:hover{text-decoration:underline}
.languages [aria-current]{color:var(--ink);font-weight:650}
.pages{border:1px solid var(--line);border-radius:.6rem;background:var(--card);margin:0 0 1.5rem}
.pages summary{padding:.7rem 1rem;font-weight:650;color:var(--ink)}
.pages ul{padding:0 .4rem .5rem}
.pages a{display:block;padding:.5rem .6rem;border-radius:.35rem;color:var(--ink);text-decoration:none;line-height:1.35}
.pages [aria-current]{background:var(--here);font-weight:650}
h1,h2{font-family:ui-serif,"Iowan Old Style",Charter,Georgia,"Times New Roman","Noto Serif Devanagari",serif;font-weight:600;line-height:1.2;text-wrap:balance;overflow-wrap:break-word}
:lang(hi) h1,:lang(hi) h2,:lang(hi) h3{line-height:1.45}
h1{font-size:clamp(1.75rem,4.5vw,2.6rem);letter-spacing:-.01em;margin:.25rem 0 1rem;max-width:24ch}
h2{font-size:1.4rem;margin:2.8rem 0 .9rem}
h3{font-size:1.1rem;line-height:1.45;font-weight:600;margin:.5rem 0 .4rem;text-wrap:pretty}
h4{font-size:.95rem;margin:1.1rem 0 .2rem}
p{margin:.4rem 0;max-width:46rem}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
main:focus{outline:none}
.intro{font-size:1.12rem}
.quiet,.label{color:var(--quiet);font-size:.94rem}
.skip{position:absolute;left:-999rem;background:var(--card);padding:.6rem 1rem}
.skip:focus{left:1rem;top:1rem;z-index:1}
.foot{margin-top:3.5rem;padding-top:1rem;padding-bottom:3rem}
.foot p{color:var(--quiet);font-size:.94rem;border-top:1px solid var(--line);padding-top:1rem;max-width:none}
summary{cursor:pointer;color:var(--link);padding:.25rem 0}
@media (min-width:60rem){
.columns{display:grid;grid-template-columns:14.5rem minmax(0,1fr);gap:3.5rem;align-items:start;padding-top:1.5rem}
@supports selector(::details-content){
.pages{position:sticky;top:1rem;border:0;background:none;margin:.3rem 0 0;max-height:calc(100vh - 2rem);overflow-y:auto}
.pages summary{display:none}
.pages:before{content:attr(aria-label);display:block;padding:.4rem .6rem;font-size:.92rem;color:var(--quiet);font-weight:600}
.pages details::details-content{content-visibility:visible;block-size:auto}
.pages ul{padding:0}
.pages a{padding:.42rem .6rem;font-size:.98rem}
}}
`;
