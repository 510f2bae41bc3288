import type { Glossary } from '../content/glossary.ts';
import type { Vocabulary } from '../content/vocabulary.ts';
import type { Pathways } from '../features/pathways/content.ts';
import type { Catalogue, StartHere } from '../features/resources/content.ts';
import type { Signposts } from '../safeguarding/signposts.ts';

/** Everything the site is made of. It holds nothing of anybody: what people save, ask or say is never handed over. */
export type Portal = {
  vocabulary: Vocabulary;
  catalogue: Catalogue;
  startHere: StartHere;
  glossary: Glossary;
  signposts: Signposts;
  pathways: Pathways;
  /** The day it is made, `YYYY-MM-DD`: the same content on the same day makes the same files, byte by byte. */
  on: string;
};

/** Where each page is. All lie side by side, so that every link works from a folder and from any address. */
export const pages = {
  home: 'index.html',
  all: 'all.html',
  start: 'start-here.html',
  recent: 'new.html',
  glossary: 'glossary.html',
  help: 'help.html',
  pathways: 'pathways.html',
  about: 'about.html',
  pathway: (id: string) => `pathway-${id}.html`,
  topic: (id: string) => `topic-${id}.html`,
  age: (id: string) => `age-${id}.html`,
  kind: (id: string) => `kind-${id}.html`,
} as const;

/** "27 November 2026". */
export const sayDate = (day: string): string => dates.format(new Date(`${day}T12:00:00Z`));
const dates = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

export const count = (many: number, one: string, more: string): string =>
  `${many} ${many === 1 ? one : more}`;
