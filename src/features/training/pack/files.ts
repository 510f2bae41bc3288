import { drawApart } from '../../../lib/apart.ts';
import { localDate, localTime, usableZone } from '../../../scheduler/calendar.ts';
import { count, list, sayDay, sayFullDate } from '../../../slack/text.ts';
import type { FileKind } from '../../feature.ts';
import { endOf } from '../sessions/session.ts';
import { cityOf } from '../sessions/when.ts';
import type { PackDeps } from './deps.ts';
import { ids } from './ids.ts';
import type { PackPage } from './page.ts';
import { type Pack, readPack } from './read.ts';
import { countLines, fictional, groupName, howCounted, howMixed, notHosted, sayMinutes } from './views.ts';
import { wallNames } from './wall.ts';

/** The pack to take away, for those who run the session: with the names of the groups, or with lines to write them on. */
export const packFiles = (deps: PackDeps): FileKind[] =>
  [
    {
      id: ids.file,
      says: 'The session pack comes as a Word file: the shape, an example, the background, and who comes as counts. There is no name of anybody who comes in it.',
      withNames: false,
    },
    {
      id: ids.fileWithNames,
      says: 'The session pack comes as a Word file, with the names of those who come on its last page, in their groups. Hand that page only to people of the session, and delete the file afterwards.',
      withNames: true,
    },
  ].map(({ withNames, ...kind }) => ({
    ...kind,
    async make(actor, sessionId) {
      const pack = await readPack(deps, actor, sessionId);
      if (!pack) return { kind: 'refused', answer: notHosted };
      const zone = usableZone(undefined, deps.timeZone);
      const page = toPage(pack, { withNames, zone, now: deps.clock.now() });
      return {
        kind: 'file',
        name: `Session pack ${localDate(pack.session.startsAt, zone)}.docx`,
        title: withNames ? 'Session pack, with names' : 'Session pack',
        content: await drawApart<typeof import('./page.ts').draw>(
          new URL('./page.ts', import.meta.url),
          page,
        ),
      };
    },
  }));

/** On paper, times are those of the programme: it lies where the session is. */
export function toPage(
  pack: Pack,
  { withNames, zone, now }: { withNames: boolean; zone: string; now: Date },
): PackPage {
  const { session, hosts, outline, example, people, counts, groups } = pack;
  const { professions, organisations } = counts;
  const { startsAt, place, minutes } = session;
  // Two in different groups stand on one wall.
  const onWall = wallNames(groups.flat().map(({ displayName }) => displayName));
  const ordered = groups.map((group, nth) => {
    const before = groups.slice(0, nth).flat().length;
    return onWall.slice(before, before + group.length);
  });
  const until = localTime(endOf(session), zone);
  return {
    title: session.title,
    when: `${sayDay(startsAt, zone)} ${localDate(startsAt, zone).slice(0, 4)}, ${localTime(startsAt, zone)} to ${until} (${cityOf(zone)} time)`,
    where: place,
    hosts: list(hosts),
    madeOn: sayFullDate(localDate(now, zone)),
    shape: outline.shape.map(({ at, ...part }) => ({ ...part, at: localTime(at, zone) })),
    minutesNote: sayMinutes(outline, minutes),
    notes: outline.notes,
    example: example && {
      title: example.one.title,
      contentNote: example.one.content_note,
      text: example.one.text,
      questions: example.one.questions,
      about: fictional,
    },
    background: outline.background,
    resources: pack.resources.map(({ title, publisher, url }) => ({ title, publisher, url })),
    people:
      people === 0 ? 'Nobody has a place yet.' : `${count(people, 'person has', 'people have')} a place.`,
    counts:
      people === 0
        ? []
        : [
            { heading: 'Professions', lines: countLines(professions) },
            { heading: 'Organisations', lines: countLines(organisations) },
          ],
    howCounted: howCounted(professions),
    groups: groups.map((group, nth) => ({
      name: groups.length === 1 ? 'All together' : groupName(nth),
      size: group.length,
      names: withNames ? ordered[nth] : undefined,
    })),
    groupsNote: withNames ? (groups.length > 1 ? howMixed : undefined) : byHand,
  };
}

const byHand = 'To fill in by hand: the names stand in the session pack in Slack, under Groups.';
