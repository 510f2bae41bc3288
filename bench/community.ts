import { createHash } from 'node:crypto';
import type { Seeds } from 'practice-workspace';

/** How many times over: every kind of row grows together, as a community does. */
export type Size = 1 | 10 | 25 | 100 | 125;

/** One community. A larger one has as many people, groups, reflections and rounds as so many of these. */
export const unit = { people: 40, groups: 3, reflectionsEach: 10, roundsOfGroup: 6 } as const;

/** Slack ids of those who act. Everybody else is only there. */
export const actors = {
  /** Was welcomed and has not answered the agreement. */
  newcomer: 'U0NEWCOMER',
  /** Agrees as soon as the bot runs, as people do; is in two groups. */
  member: 'U0MEMBER',
  /** Has agreed, and facilitates one group; keeps ten reflections in the smallest community, a thousand in the largest. */
  writer: 'U0WRITER',
  /** Facilitator of all groups. */
  lead: 'U0LEAD',
} as const;

export const forum = 'C0FORUM';
export const encryptionKey = createHash('sha256').update('bench').digest();

export type Inhabitant = { slackId: string; name: string };

const firstNames =
  'Alex Billie Charlie Devon Eden Frankie Glenn Harper Indigo Jules Kit Lee Morgan Noor Oakley Pat Quinn Rowan Sasha Toby'.split(
    ' ',
  );
const lastNames = 'Madeup Practice Sample Testcase Fictional Invented Example Pretend'.split(' ');

/** Everybody, those who act first. Plainly invented. */
export function inhabitants(size: Size): Inhabitant[] {
  const known = [
    { slackId: actors.newcomer, name: 'Nic Newcomer' },
    { slackId: actors.member, name: 'Robin Practice' },
    { slackId: actors.writer, name: 'Wren Writer' },
    { slackId: actors.lead, name: 'Jo Madeup' },
  ];
  const others = Array.from({ length: size * unit.people - known.length }, (_, index) => ({
    slackId: `U0P${String(index).padStart(5, '0')}`,
    name: `${firstNames[index % firstNames.length]} ${lastNames[Math.floor(index / firstNames.length) % lastNames.length]} ${index}`,
  }));
  return [...known, ...others];
}

/** The workspace those people are in; all of them are in the forum. */
export function workspaceOf(size: Size): Seeds {
  const people = inhabitants(size);
  return {
    workspace: { name: 'Bench', domain: 'bench', id: 'T0BENCH' },
    people: people.map(({ slackId, name }) => ({
      id: slackId,
      name: slackId.toLowerCase(),
      realName: name,
      displayName: name,
    })),
    channels: [
      {
        id: forum,
        name: 'chatr-forum',
        members: people.map(({ slackId }) => slackId),
        withApp: true,
      },
    ],
  };
}
