import { findChromium, openBrowser } from './test/support/chromium.ts';
const b = await openBrowser(findChromium() ?? '');
const p = await b.newPage({ viewport: { width: 390, height: 844 } });
await p.goto(`file:///tmp/lookee/nasty.html`);
console.log(await p.evaluate(`[document.documentElement.scrollWidth, ...[...document.querySelectorAll('body *')].filter(e=>!e.closest('.scrolls')&&e.getBoundingClientRect().right>374.5).map(e=>e.tagName+'|'+e.getBoundingClientRect().right+':'+e.textContent.slice(0,60))]`));
await b.close();
