import { Html, html } from '../lib/html.ts';
import { pages, sayDate } from './portal.ts';

export type Page = {
  file: string;
  title: string;
  /** One sentence for whoever finds the page elsewhere. */
  about: string;
  main: Html;
  /** Data in JSON-LD. */
  data?: Html;
  /** Scripts of this page alone, by file name. Every page can be read without any. */
  scripts?: string[];
};

export const siteName = 'ChATR resources';

const menu: readonly (readonly [string, string])[] = [
  ['Start here', pages.start],
  ['Topics', `${pages.home}#topics`],
  ['Ages', `${pages.home}#ages`],
  ['Kinds', `${pages.home}#kinds`],
  ['New', pages.recent],
  ['Words we use', pages.glossary],
  ['Who to turn to', pages.pathways],
];

/** A whole page: skip link, search and menu, what it is about, foot. */
export function wholePage({ file, title, about, main, data, scripts = [] }: Page, on: string): Html {
  const isHome = file === pages.home;
  return html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${isHome ? siteName : `${title} · ${siteName}`}</title>
<meta name="description" content="${about}">
<link rel="canonical" href="${file}">
<link rel="icon" href="icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="style.css">
<noscript><style>.search, .scripted { display: none; }</style></noscript>
<link rel="alternate" type="application/feed+json" title="${siteName}" href="feed.json">
${data && html`<script type="application/ld+json">${data}</script>\n`}${scripts.map(
  (name) => html`<script src="${name}" defer></script>\n`,
)}<script src="ask.js" defer></script>
<script src="offline.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="head">
<div class="wide">
<p class="name"><a href="${pages.home}"${isHome && new Html(' aria-current="page"')}>${siteName}</a></p>
<p class="now"><span class="asking">In danger, or finding things hard?</span> <a href="${pages.help}"${file === pages.help && new Html(' aria-current="page"')}>Help now</a></p>
<form class="search" action="${pages.all}" role="search">
<label for="q">Search in your own words</label>
<div class="field"><input id="q" type="search" maxlength="200" autocomplete="off" spellcheck="false"><button>Search</button></div>
</form>
<noscript><p class="unscripted">Searching needs scripts, which are switched off here. <a href="${pages.all}">Here is everything from A to Z</a>.</p></noscript>
<nav class="menu" aria-label="Main"><details><summary>Menu</summary><ul>${menu.map(
    ([label, target]) =>
      html`<li><a href="${target}"${target === file && new Html(' aria-current="page"')}>${label}</a></li>`,
  )}</ul></details></nav>
</div>
</header>
<main id="main" class="wide" tabindex="-1">
${main}
</main>
<footer class="foot">
<div class="wide">
<p>Somebody in danger now? Ring <a href="tel:999">999</a>. <a href="${pages.help}">More people to turn to</a>.</p>
<p>Made on ${sayDate(on)}. This site keeps nothing about anybody. <a href="${pages.about}">About this site</a> · <a href="feed.json">Feed</a></p>
</div>
</footer>
</body>
</html>
`;
}
