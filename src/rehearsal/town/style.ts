// How the page of a rehearsed year looks: light and dark, from the width of a phone up.

export const STYLE = `
:root{color-scheme:light dark;--ground:#fbfbf9;--card:#fff;--ink:#1c2126;--soft:#555e68;--rule:#d9dce0;--good:#17663a;--bad:#a3131f;
--c1:#2467b3;--c2:#7fb0e3;--c3:#6b8f3c;--c4:#c2342d;--c5:#8a4fb0;--c6:#a06a00;--c7:#4a9a94;--c8:#7a7f87;
--h1:#dbe8f6;--h2:#a9c8ea;--h3:#6fa3d8;--h4:#3a78bd;--h5:#174a86}
@media (prefers-color-scheme:dark){:root:not(:has(#framed:target)){--ground:#14181c;--card:#1d2329;--ink:#eceff2;--soft:#aeb7c0;--rule:#39424b;--good:#7fd6a2;--bad:#ff9a93;
--c1:#6aa8ec;--c2:#b9d6f4;--c3:#a4c972;--c4:#ff8078;--c5:#cb9bea;--c6:#e0b25a;--c7:#7fd0c9;--c8:#a9afb7;
--h1:#20364d;--h2:#285077;--h3:#3470a8;--h4:#5b9ad6;--h5:#a9d0f7}}
/* In a frame of another page, which is light and has said the first things itself: opened with #framed, which is hidden so that nothing scrolls to it. */
:root:has(#framed:target){color-scheme:light}#framed:target~main>header{display:none}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:1040px;margin:0 auto;padding:24px 20px}h1{font-size:2rem;margin:0 0 4px}h2{font-size:1.2rem;margin:0 0 4px}p{margin:0 0 12px}.hint{color:var(--soft);max-width:46rem}
section{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:20px;margin:20px 0}
.good,.bad{font-weight:600}.good{color:var(--good)}.bad{color:var(--bad)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:20px 0}
.card{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:14px}
.card dt{color:var(--soft);font-size:.875rem}.card dd{margin:0;font-size:1.5rem;font-weight:600}.card p{margin:0;color:var(--soft);font-size:.8125rem}
svg{display:block;height:auto}svg.chart{width:100%;min-width:640px}svg text{fill:var(--soft);font-size:13px}svg.heat text{font-size:11px}.grid{stroke:var(--rule)}
.line{fill:none;stroke:var(--c1);stroke-width:2.5}.dot{fill:var(--c1)}.wide{overflow-x:auto;scrollbar-width:thin}.wide:focus-visible,summary:focus-visible{outline:3px solid var(--c1);outline-offset:2px}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px;list-style:none;margin:0 0 12px;padding:0;font-size:.875rem;color:var(--soft)}
.swatch{display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:6px}.scale{display:flex;align-items:center;gap:3px;margin:8px 0 0;color:var(--soft);font-size:.875rem}.scale .swatch{margin:0}.scale span:first-child{margin-right:4px}.scale span:last-child{margin-left:4px}
.k-nudge{fill:var(--c1);background:var(--c1)}.k-introduction{fill:var(--c2);background:var(--c2)}.k-answer{fill:var(--c3);background:var(--c3)}
.k-safety_reply{fill:var(--c4);background:var(--c4)}.k-human_text{fill:var(--c5);background:var(--c5)}.k-keyword_answer{fill:var(--c6);background:var(--c6)}
.k-mentor_text{fill:var(--c7);background:var(--c7)}.k-staff_text{fill:var(--c8);background:var(--c8)}
.h-0{fill:var(--rule);background:var(--rule)}.h-1{fill:var(--h1);background:var(--h1)}.h-2{fill:var(--h2);background:var(--h2)}.h-3{fill:var(--h3);background:var(--h3)}.h-4{fill:var(--h4);background:var(--h4)}.h-5{fill:var(--h5);background:var(--h5)}
table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{padding:6px 10px;border-bottom:1px solid var(--rule);text-align:left}
th{color:var(--soft);font-weight:600;vertical-align:bottom}td.none{color:var(--soft);opacity:.75}td.alarming{color:var(--bad);font-weight:700}td.n,th.n{text-align:right}td.n{font-variant-numeric:tabular-nums}
details{border-top:1px solid var(--rule);padding:10px 0}details:last-child{padding-bottom:0}.wide+details{margin-top:12px}summary{cursor:pointer;font-weight:600}summary small{font-weight:400;color:var(--soft);font-size:.875rem}
.talk{list-style:none;margin:12px 0 0;padding:0;display:flex;flex-direction:column;gap:8px}
.talk li{max-width:80%;padding:8px 12px;border-radius:12px;border:1px solid var(--rule);overflow-wrap:anywhere}
.talk .mentee{align-self:flex-end;border-color:var(--c1)}.talk .counselor{border-color:var(--c5)}
.who{display:block;color:var(--soft);font-size:.75rem}footer{color:var(--soft)}
@media (max-width:600px){main{padding:16px 10px}section{padding:14px 12px;margin:12px 0}h1{font-size:1.6rem}.cards{grid-template-columns:repeat(2,minmax(0,1fr));gap:8px}.card{padding:10px 12px}.card dd{font-size:1.25rem}th,td{padding:6px 5px}.talk li{max-width:92%}}
`;
