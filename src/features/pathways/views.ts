import type { KnownBlock } from '@slack/types';
import type { Vocabulary } from '../../content/vocabulary.ts';
import { digitsOf } from '../../safeguarding/phone.ts';
import {
  alwaysShown,
  type Contact,
  numbersOf,
  type Signposts,
  type Standing,
  sayChecked,
} from '../../safeguarding/signposts.ts';
import { localDate, localTime } from '../../scheduler/calendar.ts';
import type { Answer } from '../../slack/answer.ts';
import { actions, button, context, divider, option, plain, section } from '../../slack/blocks.ts';
import { joinMrkdwn, link, list, type Mrkdwn, mrkdwn, sayTime } from '../../slack/text.ts';
import {
  boroughLabel,
  boroughs,
  type Part,
  type Pathway,
  type Pathways,
  type Sentence,
  type Step,
  type Way,
} from './content.ts';
import type { Answering, Line, State } from './hours.ts';
import { ids } from './ids.ts';
import { type Place, packedPlace } from './place.ts';

export type Screen = {
  content: Pathways;
  signposts: Signposts;
  vocabulary: Pick<Vocabulary, 'age_groups'>;
  now: Date;
  place: Place;
  /** Undefined: where somebody begins. */
  pathway: Pathway | undefined;
  answering: Answering[];
  steps: Step[];
  remember: Sentence | undefined;
  isFull: boolean;
  /** Entries of the catalogue that the pathway names, and the councils' own directories. */
  cards: KnownBlock[];
  directories: KnownBlock[];
  /** Needs that come near what was typed. */
  near?: Pathway[];
  isUnknown?: boolean;
  /** What was typed may identify somebody. */
  isIdentifying?: boolean;
  /** A borough that was named and that nothing here is for. */
  elsewhere?: string | undefined;
};

const title = 'Who to turn to';

export function screenAnswer(screen: Screen): Answer {
  const { pathway, isFull } = screen;
  return {
    text: pathway ? `Who to turn to: ${pathway.label}` : title,
    title,
    blocks: [
      firstBlock(screen),
      ...(screen.elsewhere === undefined ? [] : [section(notFor(screen.elsewhere))]),
      ...(screen.isIdentifying ? [context(identifying)] : []),
      nowBlock(screen),
      ...(pathway ? (isFull ? fullSteps(screen) : shortSteps(screen)) : nearBlocks(screen)),
      ...menus(screen),
      context(footOf(screen)),
    ],
  };
}

const notFor = (borough: string): Mrkdwn =>
  mrkdwn`*I know Hackney and the City of London only.* For somebody who lives in ${borough}, turn to that council’s own children’s or adults’ services. Lines of Hackney and the City below are not for ${borough}; national ones are for everybody.`;

/** Above everything, at every hour. */
function firstBlock({ signposts }: Screen): KnownBlock {
  const [emergency] = alwaysShown(signposts);
  const number = emergency ? numbersOf(emergency)[0] : undefined;
  return section(
    mrkdwn`*In danger now: ${number === undefined ? 'the emergency services' : phoneLink(number)}.* Otherwise your own safeguarding lead first, unless waiting would put someone at risk.`,
    undefined,
    ids.first,
  );
}

const identifying = mrkdwn`What you typed may say who somebody is, so it is not repeated here and not kept. A need, an age and a borough are enough, for example \`/chatr pathway neglect 9 Hackney\`.`;

function nowBlock(screen: Screen): KnownBlock {
  const { content, now, pathway, answering } = screen;
  const zone = content.hours.time_zone;
  const seen = new Set<string>();
  const parts = answering.map((one, nth) => {
    const isNew = (line: Line) => !seen.has(line.contact.id) && seen.add(line.contact.id);
    const lines = [...one.always, ...one.open, ...one.unstated].filter(isNew);
    const closed = sayClosed({ ...one, closed: one.closed.filter(isNew) }, screen);
    const said = [
      ...lines.map((line) => mrkdwn`•  ${sayLine(line, screen)}`),
      ...one.instead.map((way) => mrkdwn`•  ${wayName(way)}`),
      ...closed.map((text) => mrkdwn`_${text}_`),
      ...one.withoutNumber.map((where) => sayWithoutNumber(where, screen)),
      ...(one.question.note === undefined ? [] : [mrkdwn`${one.question.note}`]),
    ];
    return said.length === 0
      ? undefined
      : joinMrkdwn([nth > 0 && mrkdwn`_${one.question.label}:_`, ...said], '\n');
  });
  const head = pathway
    ? mrkdwn`*${pathway.label}: who answers now*`
    : mrkdwn`*Worried about a child: who answers now*`;
  return section(joinMrkdwn([mrkdwn`${head} (${localTime(now, zone)})`, ...parts], '\n'));
}

/** No number is no dead end: the council's page, 999, and somebody of one's own. */
function sayWithoutNumber(
  { borough, pages }: Answering['withoutNumber'][number],
  { content, place, signposts }: Screen,
): Mrkdwn {
  const where = place.borough === undefined ? mrkdwn`${boroughLabel(content, borough)}: ` : '';
  const look =
    pages.length > 0 &&
    mrkdwn`Please check the council\u2019s page (${joinMrkdwn(
      pages.map(({ name, web }) => link(web, name)),
      ', ',
    )}).`;
  const [emergency] = alwaysShown(signposts);
  const number = emergency && numbersOf(emergency)[0];
  return joinMrkdwn(
    [
      mrkdwn`_${where}I have no number that answers now._`,
      look,
      mrkdwn`In danger ring ${number === undefined ? 'the emergency services' : phoneLink(number)}; otherwise turn to your own safeguarding lead until you reach somebody.`,
    ],
    ' ',
  );
}

function sayLine({ contact, standing, state }: Line, screen: Screen): Mrkdwn {
  const said = joinMrkdwn(
    [
      standing.kind !== 'name-only' && (mainWay(contact) ?? false),
      mrkdwn`${sayState(state, screen)}`,
      doubtOf(standing),
    ],
    ' \u00b7 ',
  );
  return mrkdwn`*${contact.name}* \u00b7 ${said}`;
}

function sayState(state: State, { content, now }: Screen): string {
  const zone = content.hours.time_zone;
  switch (state.kind) {
    case 'always':
      return 'day and night';
    case 'open':
      return localDate(state.until, zone) === localDate(now, zone)
        ? `until ${localTime(state.until, zone)} today`
        : `until ${sayTime(state.until, zone)}`;
    case 'closed':
      return `closed now, opens ${sayTime(state.opensAt, zone)}`;
    case 'not-stated':
      return 'hours not stated';
  }
}

/** Only what has hours of its own: what answers in its place needs no word while it does not. Those alike share a sentence. */
function sayClosed({ open, closed }: Answering, { content }: Screen): string[] {
  const hoursOf = ({ id }: Line) => content.hours.contacts.find((one) => one.id === id);
  const said = closed.flatMap((line) => {
    const { contact, state } = line;
    const hours = hoursOf(line);
    if (state.kind !== 'closed' || hours?.open === 'outside-office-hours') return [];
    const opens = sayTime(state.opensAt, content.hours.time_zone);
    const instead = open.find(({ id }) => id === hours?.outside)?.contact.name;
    return {
      name: contact.name,
      isUnsure: state.isUnsure,
      rest: `${opens}.${instead ? ` ${instead} answers until then.` : ''}`,
    };
  });
  return [...Map.groupBy(said, ({ isUnsure, rest }) => `${isUnsure} ${rest}`).values()].map((alike) => {
    const [{ isUnsure, rest } = { isUnsure: false, rest: '' }] = alike;
    const many = alike.length > 1;
    const how = isUnsure
      ? `may be closed, since today is a bank holiday, and ${many ? 'open' : 'opens'}`
      : many
        ? 'are closed now and open'
        : 'is closed now and opens';
    return `${list(alike.map(({ name }) => name))} ${how} ${rest}`;
  });
}

const doubtOf = (standing: Standing): Mrkdwn | false =>
  standing.kind === 'name-only'
    ? mrkdwn`number not confirmed: look on their own site`
    : standing.kind === 'check-first' && mrkdwn`${sayChecked(standing) ?? ''}`;

/** One tap rings on a phone. */
const phoneLink = (number: string): Mrkdwn => mrkdwn`${link(`tel:${digitsOf(number)}`, number)}`;

function mainWay(contact: Contact): Mrkdwn | undefined {
  const [number] = numbersOf(contact);
  if (number !== undefined) return mrkdwn`*${phoneLink(number)}*`;
  if (contact.text !== undefined) return mrkdwn`text *${contact.text}*`;
  if (contact.web !== undefined) return link(contact.web, 'website');
  return contact.email === undefined ? undefined : link(`mailto:${contact.email}`, contact.email);
}

function waysOf(contact: Contact): Mrkdwn {
  return joinMrkdwn(
    [
      ...numbersOf(contact).map((number) => mrkdwn`*${phoneLink(number)}*`),
      contact.text !== undefined && mrkdwn`text *${contact.text}*`,
      contact.email !== undefined && link(`mailto:${contact.email}`, contact.email),
      contact.web !== undefined && link(contact.web, 'website'),
    ],
    ' \u00b7 ',
  );
}

/** A name that leads to its own page, where there is one that may be given. No number stands here, so nothing is to be checked first but that. */
function wayName({ name, standing, contacts }: Way): Mrkdwn {
  const web = contacts.find((one) => one.standing.kind !== 'name-only' && one.contact.web)?.contact.web;
  if (web === undefined || standing.kind === 'name-only') return mrkdwn`${name}`;
  return standing.kind === 'shown' ? link(web, name) : mrkdwn`${link(web, name)} (check first)`;
}

/** What to do and who with, so short that all four steps come near a phone's screen. */
const shortSteps = ({ content, steps, remember }: Screen): KnownBlock[] => [
  ...steps.map(({ label, parts }, nth) =>
    section(
      joinMrkdwn(
        [mrkdwn`*${nth + 1}. ${label}*`, ...parts.map((part, at) => shortPart(content, part, parts[at - 1]))],
        '\n',
      ),
    ),
  ),
  ...unreadLine(content, steps, remember),
];

function shortPart(content: Pathways, part: Part, before: Part | undefined): Mrkdwn {
  const { consult, refer, resources, only } = part;
  const names = (ways: readonly Way[]) => joinMrkdwn(ways.map(wayName), ', ');
  const who = joinMrkdwn(
    [consult.length > 0 && mrkdwn`consult first: ${names(consult)}`, refer.length > 0 && names(refer)],
    '; then ',
  );
  return joinMrkdwn(
    [
      part.do && !isSaid(part, before) && sayIt(part.do),
      who.text === '' && resources.length > 0 && mrkdwn`\u2192 what to read is under More`,
      who.text !== '' && mrkdwn`\u2192 ${only ? mrkdwn`_${boroughLabel(content, only)}:_ ` : ''}${who}`,
    ],
    '\n',
  );
}

/** What is the same in both boroughs is said once. */
const isSaid = (part: Part, before: Part | undefined): boolean =>
  before?.do !== undefined && before.do.text === part.do?.text;

const sayIt = ({ text, isUnread }: Sentence): Mrkdwn =>
  isUnread ? mrkdwn`_Not yet read:_ ${text}` : mrkdwn`${text}`;

/** Says of our own wording that a safeguarding lead is still to read it. */
function unreadLine(content: Pathways, steps: Step[], remember: Sentence | undefined): KnownBlock[] {
  const sentences = [remember, ...steps.flatMap(({ parts }) => parts.map((part) => part.do))];
  if (content.showsUnread && sentences.some((one) => one?.isUnread))
    return [
      context(
        mrkdwn`\u201cNot yet read\u201d: no safeguarding lead has read these sentences. Only this demo shows them; elsewhere they come once somebody has.`,
      ),
    ];
  return sentences.some((one) => one === undefined)
    ? [context(mrkdwn`What to do at each step comes here once a safeguarding lead has read it.`)]
    : [];
}

/** Everything that is known of each step. */
function fullSteps({ content, steps, remember, cards, directories }: Screen): KnownBlock[] {
  const { thresholds, not_a_directory: elsewhere } = content.about;
  return [
    ...steps.flatMap(({ label, means, parts }, nth) => [
      divider(),
      section(mrkdwn`*${nth + 1}. ${label}*\n${sentence(means)}`),
      ...paragraphs(parts.flatMap((part, at) => fullPart(content, part, parts[at - 1]))),
    ]),
    ...(remember ? [divider(), section(mrkdwn`*Remember:* ${sayIt(remember)}`)] : []),
    ...unreadLine(content, steps, remember),
    ...(cards.length > 0 ? [divider(), section(mrkdwn`*To read*`), ...cards] : []),
    divider(),
    section(mrkdwn`*Thresholds and directories*\n${thresholds}\n${elsewhere}`),
    ...directories,
  ];
}

function fullPart(content: Pathways, part: Part, before: Part | undefined): Mrkdwn[] {
  const where = part.only
    ? mrkdwn`_Lives in ${part.only === 'city' ? 'the ' : ''}${boroughLabel(content, part.only)}_`
    : undefined;
  const lead = joinMrkdwn([where, part.do && !isSaid(part, before) && sayIt(part.do)], '\n');
  const ways = [
    ...part.consult.map((way) => fullWay(way, 'Consult first')),
    ...part.refer.map((way) => fullWay(way)),
  ];
  return [...(lead.text === '' ? [] : [lead]), ...ways];
}

function fullWay({ name, standing, how, note, owner, contacts }: Way, first?: string): Mrkdwn {
  const head = mrkdwn`${first === undefined ? '' : mrkdwn`_${first}:_ `}*${name}*`;
  if (standing.kind === 'name-only')
    return mrkdwn`${head}\nNot confirmed, so nothing more is given here. Please look on their own site.`;
  const [hours] = contacts.flatMap(({ contact }) => contact.hours ?? []);
  const quiet = [
    hours === undefined ? undefined : sentence(hours),
    owner === undefined ? undefined : `Run by: ${sentence(owner)}`,
    contacts.length === 0 ? undefined : sayStanding(contacts.map((one) => one.standing)),
  ].filter((text) => text !== undefined);
  return joinMrkdwn(
    [
      head,
      how !== undefined && mrkdwn`${sentence(how)}${note === undefined ? '' : ` ${sentence(note)}`}`,
      ...contacts.map(({ contact, standing: itsOwn }) =>
        itsOwn.kind === 'name-only'
          ? mrkdwn`${contact.name}: number not confirmed, please look on their own site`
          : waysOf(contact),
      ),
      quiet.length > 0 && mrkdwn`${quiet.join(' ')}`,
    ],
    '\n',
  );
}

/** The least sure of them. */
function sayStanding(all: readonly Standing[]): string | undefined {
  const standing =
    all.find(({ kind }) => kind === 'check-first') ?? all.find(({ kind }) => kind === 'shown') ?? all[0];
  if (standing === undefined || standing.kind === 'name-only') return undefined;
  const said = sayChecked(standing);
  return said === undefined ? 'Nobody has noted a check yet.' : sentence(said);
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Few blocks however long they are. */
function paragraphs(all: readonly Mrkdwn[]): KnownBlock[] {
  const groups: Mrkdwn[][] = [];
  let length = 0;
  for (const one of all) {
    const group = groups.at(-1);
    if (group === undefined || length + one.text.length > 2700) {
      groups.push([one]);
      length = one.text.length;
    } else {
      group.push(one);
      length += one.text.length + 2;
    }
  }
  return groups.map((group) => section(joinMrkdwn(group, '\n\n')));
}

function nearBlocks({ near = [], isUnknown = false, place }: Screen): KnownBlock[] {
  if (near.length > 0)
    return [
      section(near.length === 1 ? mrkdwn`*Do you mean this?*` : mrkdwn`*Which of these comes nearest?*`),
      actions(
        near.map((one, nth) =>
          button(one.label, `${ids.look}near-${nth}`, {
            value: packedPlace.pack({ ...place, need: one.id }),
          }),
        ),
      ),
    ];
  return [
    section(
      isUnknown
        ? mrkdwn`I know no pathway by these words. Choose a need below.`
        : mrkdwn`*For what need?* Choose one below, or type it: \`/chatr pathway school refusal 9 Hackney\`.`,
    ),
  ];
}

/** Need, age and where the child or adult lives: nothing else is ever asked. */
function menus({ content, vocabulary, place, pathway, isFull }: Screen): KnownBlock[] {
  const menu = (
    what: 'need' | 'age' | 'borough',
    empty: string,
    options: { label: string; id: string | undefined }[],
  ) => {
    const drawn = options.map(({ label, id }) => ({
      id,
      option: option(label, packedPlace.pack({ ...place, [what]: id })),
    }));
    const chosen = drawn.find(({ id }) => id === place[what])?.option;
    return {
      type: 'static_select' as const,
      action_id: `${ids.look}${what}`,
      placeholder: plain(empty, 150),
      options: drawn.map((one) => one.option),
      ...(chosen && { initial_option: chosen }),
    };
  };
  return [
    actions(
      [
        ...(pathway
          ? [
              button(isFull ? 'Less' : 'More', `${ids.look}more`, {
                value: packedPlace.pack({ ...place, all: isFull ? undefined : 'all' }),
                label: isFull
                  ? 'Less: the steps in short'
                  : 'More: how to refer, hours, who runs it, when it was checked',
              }),
            ]
          : []),
        menu(
          'need',
          'Need',
          content.pathways.map(({ id, label }) => ({ id, label })),
        ),
        menu('borough', 'Where they live', [
          ...boroughs.map((id) => ({
            id,
            label: `Lives in ${id === 'city' ? 'the ' : ''}${boroughLabel(content, id)}`,
          })),
          { id: undefined, label: 'Hackney or the City' },
        ]),
        menu('age', 'Age', [
          { id: undefined, label: 'Any age' },
          ...vocabulary.age_groups.filter(({ id }) => id !== 'all').map(({ id, label }) => ({ id, label })),
        ]),
      ],
      ids.menus,
    ),
  ];
}

function footOf({ content, vocabulary, pathway, place }: Screen): Mrkdwn {
  const labelOf = (id: string) => vocabulary.age_groups.find((one) => one.id === id)?.label ?? id;
  const isMeant =
    pathway === undefined ||
    place.age === undefined ||
    pathway.ages.includes('all') ||
    pathway.ages.includes(place.age);
  return joinMrkdwn(
    [
      !isMeant && mrkdwn`This pathway was written for: ${list(pathway.ages.map(labelOf))}.`,
      mrkdwn`${content.about.borough}`,
      mrkdwn`Nothing you look up here is kept, and it tells nobody.`,
    ],
    ' ',
  );
}

/** Above what a search found: the way to who can be turned to. The same at every hour, and for everybody. */
export const foundBlocks = (pathway: Pathway | undefined, place: Place): KnownBlock[] => [
  section(
    pathway
      ? mrkdwn`*Who to turn to: ${pathway.label}*\nThe line that answers now, then the steps, from universal help to specialist.`
      : mrkdwn`*Who to turn to*\nThe line that answers now, then the steps by need, from universal help to specialist.`,
    button('Who to turn to', `${ids.look}found`, {
      value: packedPlace.pack(place),
      label: pathway ? `Who to turn to: ${pathway.label}` : 'Who to turn to: by need',
      style: 'primary',
    }),
  ),
];

/** The same where a child may be harmed: whom to ring, there and then. */
export const frontDoorBlocks = (
  pathway: Pathway | undefined,
  place: Place,
  lines: readonly Omit<Line, 'state'>[],
): KnownBlock[] => [
  section(
    joinMrkdwn(
      [
        pathway
          ? mrkdwn`*Who to turn to: ${pathway.label}*`
          : mrkdwn`*Worried about a child? Who to turn to*`,
        joinMrkdwn(
          lines.map(({ contact, standing }) =>
            joinMrkdwn(
              [
                mrkdwn`${contact.name}`,
                standing.kind !== 'name-only' && (mainWay(contact) ?? false),
                standing.kind !== 'shown' && mrkdwn`(${doubtOf(standing) || ''})`,
              ],
              ' ',
            ),
          ),
          ' \u00b7 ',
        ),
      ],
      '\n',
    ),
    button('Who to turn to', `${ids.look}found`, {
      value: packedPlace.pack(place),
      label: pathway ? `Who to turn to: ${pathway.label}` : 'Who to turn to, worried about a child',
      style: 'primary',
    }),
  ),
];

/** A line for each need that somebody named, and nothing else: they may look for something to read. */
export const besideBlocks = (needs: readonly Pathway[], place: Place): KnownBlock[] =>
  needs.map((pathway, nth) =>
    section(
      mrkdwn`There is a pathway for this: ${pathway.label}.`,
      button('Who to turn to', `${ids.look}found${nth === 0 ? '' : nth}`, {
        value: packedPlace.pack({ ...place, need: pathway.id }),
        label: `Who to turn to: ${pathway.label}`,
      }),
    ),
  );
