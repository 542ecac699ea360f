/** What stands on pages: verdicts, counts, cards, facts, tables, diagrams, forms. */
export const partsCss = `
.draft{border:1px solid var(--line);border-left:.3rem solid var(--wait);background:var(--wait-soft);border-radius:.3rem;padding:.6rem 1rem;margin:0 0 1.5rem}
.verdict{margin:1.6rem 0 1rem;padding:.9rem 1.1rem;border-left:.3rem solid var(--good);background:var(--good-soft);border-radius:.3rem;font-weight:600;max-width:none}
.verdict.partly{border-color:var(--none);background:var(--none-soft)}
.verdict.failing{border-color:var(--bad);background:var(--bad-soft)}
.verdict.failing .mark{color:var(--bad)}
.verdict ul{margin:.4rem 0 0;padding-left:1.2rem;font-weight:400}
.counts{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1rem 0 0}
.counts>div{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.8rem 1rem;display:flex;flex-direction:column-reverse;justify-content:flex-end}
.counts dt{font-size:.95rem;line-height:1.35;color:var(--tone)}
.counts dd{margin:0;font-size:1.9rem;line-height:1.15;font-variant-numeric:tabular-nums}
.claim{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1.05rem 1.2rem 1.1rem;margin:0 0 .9rem}
.claim:target{border-color:var(--link)}
.claim.failing{border-color:var(--bad)}
.list{list-style:none;padding:0;margin:0;background:var(--card);border:1px solid var(--line);border-radius:.6rem}
.list>li{margin:0;padding:.75rem 1.1rem;border-top:1px solid var(--line);display:grid;grid-template-columns:minmax(0,1fr) 14.5rem;gap:.1rem 1.2rem}
.list>li:first-child{border-top:0}
.list>li:target{background:var(--here)}
.list .says{line-height:1.45;color:var(--ink);text-decoration-color:var(--line)}
.list .says:hover{text-decoration-color:currentColor}
.list .status{align-content:flex-start}
.status{margin:0;display:flex;flex-wrap:wrap;align-items:baseline;gap:.15rem .5rem;font-size:.95rem;font-weight:650;color:var(--tone)}
.status .quiet{font-weight:400}
.lead{font-size:1.05rem}
.mark{display:inline-block;min-width:1.45em;text-align:center;font-weight:700;color:var(--tone);background:var(--soft);border-radius:.3rem}
.mark svg{width:1em;height:1em;vertical-align:-.1em;fill:none;stroke:currentColor;stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round}
.proven,.attested,.in-force{--tone:var(--good);--soft:var(--good-soft)}
.failing,.overdue,.attestation-expired{--tone:var(--bad);--soft:var(--bad-soft)}
.not-exercised,.roadmap,.not-claimed{--tone:var(--none);--soft:var(--none-soft)}
.unknown{--tone:var(--wait);--soft:var(--wait-soft)}
.finding{border-left:.2rem solid var(--tone);padding-left:.8rem;font-size:.98rem}
q{quotes:none}
details.more{margin-top:.6rem}
details.more>summary{width:fit-content}
code{font:.92em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--none-soft);padding:.1em .35em;border-radius:.25rem}
pre{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.8rem 1rem;margin:.6rem 0;white-space:pre-wrap;font:.92em/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre code{background:none;padding:0;font-size:1em}
dl{margin:.4rem 0 0}
.facts>div{display:grid;grid-template-columns:minmax(9rem,14rem) minmax(0,1fr);gap:0 1rem;padding:.4rem 0;border-top:1px solid var(--line)}
.facts dt{color:var(--quiet);font-size:.94rem}
.facts dd,.legend dd{margin:0}
.legend>div{display:grid;grid-template-columns:13rem minmax(0,1fr);gap:0 1rem;padding:.5rem 0;border-top:1px solid var(--line)}
.legend dt{color:var(--tone);font-weight:650}
main li{margin:.25rem 0}
.plain{list-style:none;padding:0}
.contents{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1.4rem}
.scroll{overflow-x:auto;margin:.6rem 0;border:1px solid var(--line);border-radius:.6rem;background:var(--card)}
table{border-collapse:collapse;width:100%;font-size:.95rem;line-height:1.45}
caption{text-align:left;padding:.6rem .8rem;color:var(--quiet);font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .8rem;border-top:1px solid var(--line);overflow-wrap:break-word;min-width:7.5rem}
thead th{color:var(--quiet);font-weight:600;white-space:nowrap}
tbody th{font-weight:600}
.narrow th,.narrow td{min-width:0}
.places{font-size:.9rem}.places th{font-weight:400}
ul.places{padding-left:1.2rem}
.flow{display:grid;gap:0;margin:1rem 0;padding:0;list-style:none}
.flow>li{margin:0}
.stop{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.8rem 1.1rem}
.stop.ours{border:2px solid var(--link)}
.stop h3{margin:0 0 .2rem}
.arrow{display:grid;grid-template-columns:2.4rem minmax(0,1fr);gap:.2rem .6rem;padding:.5rem .6rem;align-items:center;font-size:.95rem}
.arrow svg{width:2.4rem;height:3.2rem;fill:none;stroke:var(--quiet);stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.arrow p{margin:.1rem 0}
.bars{display:block;width:100%;height:auto;margin:.8rem 0}.bars.key{display:inline-block;width:.9em;height:.9em;margin:0;vertical-align:-.05em}
.bars .up{fill:var(--good)}.bars .lost{fill:var(--bad)}.bars .none{fill:var(--none-soft);stroke:var(--line)}
label{display:block;font-weight:600;margin:1rem 0 .2rem}
input,textarea,select{width:100%;max-width:40rem;font:inherit;color:inherit;background:var(--card);border:1px solid var(--quiet);border-radius:.4rem;padding:.5rem .65rem}
textarea{min-height:9rem}
button{font:inherit;font-weight:650;color:var(--paper);background:var(--link);border:1px solid var(--link);border-radius:.4rem;padding:.55rem 1.1rem;margin-top:1rem;cursor:pointer}
@media (max-width:36rem){.facts>div,.legend>div,.list>li{grid-template-columns:minmax(0,1fr)}.list>li{padding:.7rem .9rem}.counts{grid-template-columns:1fr 1fr;gap:.5rem}.counts>div{padding:.6rem .7rem}
table.places thead,table.stack thead{position:absolute;left:-999rem}
table.places tr,table.stack tr{display:block;padding:.5rem .8rem;border-top:1px solid var(--line)}
table.places th,table.places td,table.stack th,table.stack td{display:block;padding:.05rem 0;border:0}
table.places td:nth-child(2){color:var(--quiet);font-size:.85rem}
table.stack td[data-head]:before{content:attr(data-head) ": ";color:var(--quiet)}}
`;
