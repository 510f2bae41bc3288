import { findChromium, openBrowser } from './test/support/chromium.ts';
const b = await openBrowser(findChromium() ?? '');
for (const n of process.argv.slice(2)) for (const w of [390, 1280]) {
  const p = await b.newPage({ viewport: { width: w, height: 844 } });
  await p.goto(`file:///tmp/lookee/${n}.html`);
  const h = await p.evaluate('[document.documentElement.scrollHeight, document.documentElement.scrollWidth]') as number[];
  console.log(n, w, h, await p.evaluate(`[...document.querySelectorAll('main *')].filter(e=>!e.closest('.scrolls')&&!e.closest('svg')&&e.getBoundingClientRect().right>innerWidth).map(e=>e.tagName+e.className+':'+e.textContent.slice(0,60))`));
  let k = 0;
  const step = w === 390 ? 1800 : 1700;
  for (let y = 0; y < Math.min(h[0] ?? 0, 9000); y += step) await p.screenshot({ path: `/tmp/lookee/${n}-h${w}-${k++}.png`, fullPage: true, clip: { x: 0, y, width: w, height: Math.min(step, (h[0] ?? 0) - y) } });
  if (w === 1280) { await p.pdf({ path: `/tmp/lookee/${n}-print.pdf`, preferCSSPageSize: true }); }
  await p.close();
}
await b.close();
