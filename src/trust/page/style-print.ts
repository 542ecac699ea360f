/** On paper: black on white, everything unfolded, links with their addresses, nothing to press. */
export const printCss = `
@media print{:root{--paper:#fff;--card:#fff;--ink:#000;--quiet:#333;--line:#999;--link:#000;--here:#fff;--good:#000;--bad:#000;--wait:#000;--none:#000;
--good-soft:#fff;--bad-soft:#fff;--wait-soft:#fff;--none-soft:#fff}html{font-size:9.5pt}body{font-size:1rem}
.skip,.pages,.languages,summary,form{display:none}
.columns{display:block}.top,.columns,.foot{max-width:none;padding:0}
h2,h3{break-after:avoid}.claim,.list>li,.stop,tr{break-inside:avoid;border-color:#999}
details::details-content{content-visibility:visible;block-size:auto}
.scroll{overflow:visible}
main a[rel]:after{content:" (" attr(href) ")";font-size:.9em}
a{color:#000}}
`;
