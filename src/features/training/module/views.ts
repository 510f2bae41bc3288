import type { ActionsBlockElement, KnownBlock, View } from '@slack/types';
import { whoSeesModule } from '../../../community/promises.ts';
import { inWords } from '../../../lib/numbers.ts';
import { type Signposts, supportActionId, supportBlocks } from '../../../safeguarding/signposts.ts';
import { actions, button, context, divider, modal, option, plain, section } from '../../../slack/blocks.ts';
import { count, joinMrkdwn, type Mrkdwn, mrkdwn, sayDate } from '../../../slack/text.ts';
import type { CoreModule, Part } from '../content.ts';
import { ids } from '../ids.ts';
import { type ChangeOutcome, countDone, isFinished, type Place } from './parts.ts';
import type { Standing } from './store.ts';

const title = 'Core module';

export const allParts = (text = 'All parts') => button(text, ids.open);

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** "six parts of about 15 minutes", "six parts of 15 to 20 minutes" */
export function sayParts({ parts }: Pick<CoreModule, 'parts'>): string {
  const minutes = parts.map(({ suggested_minutes: each }) => each);
  const [least, most] = [Math.min(...minutes), Math.max(...minutes)];
  const long = least === most ? `about ${least} minutes` : `${least} to ${most} minutes`;
  return parts.length === 1 ? `one part of ${long}` : `${inWords(parts.length)} parts of ${long}`;
}

/** In the hub: what there is, and how far they are. @param note what has just been done. */
export function moduleBlocks(module: CoreModule, place: Place, note: KnownBlock[] = []): KnownBlock[] {
  const { parts, next, keepsNothing } = place;
  const isBegun = parts.some(({ standing }) => standing !== undefined);
  const nextPart = parts.find(({ part }) => part.id === next?.id);
  return [
    ...note,
    section(
      mrkdwn`*${module.label}*\n${capital(sayParts(module))}, in any order and in pieces. Nothing is tested or scored, and skipping loses nothing.`,
    ),
    section(joinMrkdwn(parts.map(lineOf), '\n')),
    actions(
      [
        ...(nextPart
          ? [
              button(`${isBegun ? 'Go on with' : 'Begin with'} part ${nextPart.nth}`, ids.part, {
                value: nextPart.part.id,
                style: 'primary',
              }),
            ]
          : []),
        {
          type: 'static_select',
          action_id: ids.pick,
          placeholder: plain('Choose a part', 150),
          options: parts.map(({ part, nth }) => option(`${nth}. ${part.label}`, part.id)).slice(0, 100),
        },
      ],
      'training.parts',
    ),
    context(
      keepsNothing
        ? mrkdwn`Everything here is open to read. You said no to the community agreement, so what you have done is not kept.`
        : mrkdwn`Only you see which parts you have done. ${whoSeesModule}`,
    ),
  ];
}

const lineOf = ({ part, nth, standing }: Place['parts'][number]): Mrkdwn =>
  joinMrkdwn(
    [
      mrkdwn`${nth}. ${part.label}`,
      part.content_note !== undefined && mrkdwn`content note`,
      standing && sayStanding(standing),
    ],
    ' · ',
  );

const sayStanding = ({ state, isLatest, done }: Standing): Mrkdwn | undefined =>
  done
    ? mrkdwn`*done*`
    : state === 'skipped'
      ? mrkdwn`_skipped_`
      : mrkdwn`_${isLatest ? 'you were here' : 'begun'}_`;

/** What was pressed, said on top of the hub. */
export function changeNote({ kind, part }: ChangeOutcome, did: 'done' | 'skipped'): KnownBlock[] {
  if (kind === 'gone' || !part) return [section(gone)];
  if (kind === 'keeps-nothing')
    return [
      section(
        mrkdwn`Nothing was kept, because you did not take up the community agreement. Everything is open to read all the same.`,
      ),
    ];
  return [
    section(
      did === 'done'
        ? mrkdwn`*Done: ${part.label}.* A CPD record can have its ${count(part.suggested_minutes, 'minute', 'minutes')}, if you put them there.`
        : mrkdwn`*Skipped: ${part.label}.* Nothing is lost; it stays here.`,
      button('Undo', ids.undo, { value: part.id, label: `Undo: ${part.label}` }),
    ),
    divider(),
  ];
}

export const gone = mrkdwn`That part is not in the core module any more. What you did of it stays in your own record. These are the parts there are:`;

const headOf = (part: Part, { parts }: Place): Mrkdwn => {
  const { nth, standing } = parts.find((one) => one.part.id === part.id) ?? { nth: 1 };
  const done = standing?.done && mrkdwn` · done on ${sayDate(standing.done.on)}`;
  return mrkdwn`*${part.label}*\nPart ${nth} of ${parts.length} · about ${count(part.suggested_minutes, 'minute', 'minutes')}${done ?? ''}`;
};

/** Before material that may be close to home: what it may touch on, and the ways round it. */
export const noteView = (part: Part, place: Place, signposts: Signposts): View =>
  modal({
    callbackId: ids.partView,
    title,
    blocks: [
      section(headOf(part, place)),
      section(mrkdwn`*Content note:* ${part.content_note ?? ''}`),
      section(
        mrkdwn`You can skip this part, do it with somebody you trust, or begin with another one. Nothing is lost by skipping, and you can stop at any point.`,
      ),
      actions(
        [
          button('Go on', ids.goOn, { value: part.id, label: `Go on to ${part.label}`, style: 'primary' }),
          ...(place.keepsNothing
            ? []
            : [
                button('Skip this part', ids.skip, {
                  value: part.id,
                  label: `Skip this part: ${part.label}`,
                }),
              ]),
          allParts('Another part'),
        ],
        'training.ways',
      ),
      ...supportBlocks(signposts, 'here'),
    ],
  });

/** One part. @param cards its resources, as the catalogue draws them. @param hasSeenNote they have just read it. */
export function partView(
  part: Part,
  place: Place,
  { cards, hasSeenNote }: { cards: readonly KnownBlock[]; hasSeenNote: boolean },
): View {
  const standing = place.parts.find((one) => one.part.id === part.id)?.standing;
  const isDone = standing?.state === 'done';
  return modal({
    callbackId: ids.partView,
    title,
    blocks: [
      section(headOf(part, place)),
      ...(part.content_note === undefined || hasSeenNote
        ? []
        : [context(mrkdwn`Content note: ${part.content_note}`)]),
      section(
        mrkdwn`*By the end you might*\n${joinMrkdwn(
          part.outcomes.map((one) => mrkdwn`•  ${one}`),
          '\n',
        )}`,
      ),
      ...(cards.length > 0
        ? [section(mrkdwn`*Read or watch what you like of these*`), ...cards]
        : part.resources.length > 0
          ? [section(mrkdwn`What was linked here is not in the catalogue any more. The curators see that.`)]
          : []),
      section(mrkdwn`*A question to think about, if you like*\n${part.suggested_question}`),
      actions(buttonsOf(part, place, isDone), 'training.ways'),
    ],
  });
}

function buttonsOf(part: Part, place: Place, isDone: boolean): ActionsBlockElement[] {
  const about = { value: part.id };
  const named = (text: string) => ({ ...about, label: `${text}: ${part.label}` });
  const reflect = button('Reflect on this', ids.reflect, named('Reflect on this'));
  const support = button('Support contacts', supportActionId, {
    label: 'Support contacts and safeguarding contacts',
  });
  if (place.keepsNothing) return [allParts(), support];
  if (isDone)
    return [
      ...(place.next ? [button('Next part', ids.part, { value: place.next.id, style: 'primary' })] : []),
      reflect,
      button('Not done after all', ids.undo, named('Not done after all')),
      allParts(),
      support,
    ];
  return [
    button('Done', ids.done, { ...named('Done'), style: 'primary' }),
    reflect,
    button('Skip this part', ids.skip, named('Skip this part')),
    allParts(),
    support,
  ];
}

/** In App Home, until every part is done: where they are, and the way on. */
export function homeBlocks(module: CoreModule, place: Place): KnownBlock[] {
  if (isFinished(place)) return [];
  const done = countDone(place);
  const { next, parts } = place;
  const isBegun = parts.some(({ standing }) => standing !== undefined);
  const words = !isBegun
    ? mrkdwn`${capital(sayParts(module))}, in any order. Nothing is tested.`
    : next
      ? mrkdwn`${done} of ${parts.length} parts done. Next, whenever you like: ${next.label}.`
      : mrkdwn`${done} of ${parts.length} parts done. What you skipped is there, whenever you like.`;
  return [
    section(
      mrkdwn`*${module.label}*\n${words}`,
      button(isBegun ? 'Go on' : 'Look at it', ids.open, {
        label: `${isBegun ? 'Go on' : 'Look at it'}: ${module.label}`,
      }),
    ),
  ];
}
