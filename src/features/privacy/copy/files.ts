import { type Actor, may } from '../../../community/permissions.ts';
import { drawApart } from '../../../lib/apart.ts';
import { localDate, usableZone } from '../../../scheduler/calendar.ts';
import type { Answer } from '../../../slack/answer.ts';
import { section } from '../../../slack/blocks.ts';
import { mrkdwn, sayFullDate } from '../../../slack/text.ts';
import type { FileKind } from '../../feature.ts';
import type { PrivacyDeps } from '../deps.ts';
import { copyKinds } from '../ids.ts';
import { type Read, readEverything, toCopy } from './copy.ts';

/** What was read, as a Word file. */
export const drawCopy = (read: Read, zone: string): Promise<Uint8Array> =>
  drawApart<typeof import('./document.ts').draw>(new URL('./document.ts', import.meta.url), read, zone);

/** Everything that is kept about whoever asks. What a button carries is no part of it: it is theirs, whoever's button it was. */
export const copyFiles = (deps: PrivacyDeps): FileKind[] => {
  const make =
    (ending: string, draw: (actor: Actor, zone: string) => Promise<string | Uint8Array>): FileKind['make'] =>
    async (actor) => {
      if (!may(actor, 'own.read', { ownerId: actor.person.id })) return { kind: 'refused', answer: notYours };
      const zone = usableZone(actor.person.timeZone, deps.timeZone);
      return {
        kind: 'file',
        name: `My data, ${sayFullDate(localDate(deps.clock.now(), zone))}.${ending}`,
        title: 'My data',
        content: await draw(actor, zone),
      };
    };
  const read = (actor: Actor) => readEverything(deps, actor.person.id, deps.clock.now());
  return [
    {
      id: copyKinds.document,
      says: 'Everything I keep about you, as a Word file that a phone opens. What you wrote is in it, word for word.',
      make: make('docx', async (actor, zone) => drawCopy(await read(actor), zone)),
    },
    {
      id: copyKinds.json,
      says: 'Everything I keep about you, as JSON for another program. What you wrote is in it, word for word.',
      make: make('json', async (actor) => `${JSON.stringify(toCopy(await read(actor)), null, 2)}\n`),
    },
  ];
};

const notYours: Answer = {
  title: 'My data',
  text: 'This is not yours.',
  blocks: [section(mrkdwn`This is not yours to take.`)],
};
