import type { ActionsBlockElement, Button, KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Cohort } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import { whoSeesSharedReflections, whoSeesWhatYouShare } from '../../../community/promises.ts';
import { nobodyIsAlerted, supportBlocks } from '../../../safeguarding/signposts.ts';
import { type Doubtful, doubt, doubtBlocks, doubtOf, maskAnd } from '../../../safeguarding/warning.ts';
import {
  actions,
  button,
  confirmLoss,
  context,
  divider,
  modal,
  option,
  section,
} from '../../../slack/blocks.ts';
import { form, oneOf, person } from '../../../slack/form.ts';
import { packed, packedJson } from '../../../slack/packed.ts';
import { pageOf, turnButtons } from '../../../slack/paging.ts';
import { bold, count, joinMrkdwn, type Mrkdwn, mention, mrkdwn, sayTime } from '../../../slack/text.ts';
import { type Body, titleOf } from '../body.ts';
import { sayMoment } from '../dates.ts';
import type { ReflectionDeps } from '../deps.ts';
import type { Drawing } from '../drawing.ts';
import { ids } from '../ids.ts';
import { packedPlace, partBlocks } from '../parts.ts';
import type { Reflection } from '../store.ts';
import { noticeView, urgentIn } from '../views.ts';
import type { SharedWithMe } from './open.ts';
import {
  type Goal,
  markOf,
  type PreviewOutcome,
  type ShareLog,
  type ShareOutcome,
  type Sharing,
} from './share.ts';
import { type Share, scopes } from './store.ts';

/** A choice of whom to share with: of which group, where it is one. */
const packedWhom = packed(':', { scope: z.enum(scopes), cohortId: z.string().optional() });

export const shareForm = form(
  { id: ids.shareForm, carries: packedJson(z.object({ reflectionId: z.string(), doubt })) },
  {
    title: 'Share',
    submit: 'See a preview',
    fields: {
      whom: oneOf('With whom?', { radio: true, missing: 'Please choose with whom.' }),
      person: person('Which person?', { hint: 'Only for “One person”.' }),
    },
  },
);

/** What was chosen, or the field that something is missing in. */
export function goalOf(values: { whom: string; person: string | undefined }): Goal | { missing: string } {
  const whom = packedWhom.open(values.whom);
  if (whom && whom.scope !== 'person' && whom.cohortId) return { scope: whom.scope, cohortId: whom.cohortId };
  return values.person === undefined
    ? { missing: 'Please choose the person.' }
    : { scope: 'person', slackId: values.person };
}

/** @param groups that its author is in. */
export const shareDialog = (
  { signposts }: Drawing,
  { id, body }: Reflection,
  groups: readonly Cohort[],
  seen: Doubtful = {},
): View =>
  shareForm.view({
    carry: { reflectionId: id, doubt: doubtOf(seen) },
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('preview') }),
    options: {
      whom: [
        option('One person', packedWhom.pack({ scope: 'person', cohortId: undefined })),
        ...groups.flatMap(({ id: cohortId, name }) => [
          option(`The facilitators of ${name}`, packedWhom.pack({ scope: 'facilitators', cohortId })),
          option(
            `People in ${name} who take shares`,
            packedWhom.pack({ scope: 'group', cohortId }),
            'Members and facilitators. You see who that is first.',
          ),
        ]),
      ],
    },
    above: [
      section(
        mrkdwn`${bold(body ? titleOf(body) : 'Your reflection')}\nNothing is shared before you have seen how it looks.`,
      ),
      context(mrkdwn`${whoSeesWhatYouShare}`),
      ...doubtBlocks(seen, ids.shareAsItIs),
    ],
    below: [
      section(
        mrkdwn`*Or with everybody, as a practice example:* you make fiction of it, a curator reads it, and it stands in the catalogue without your name.`,
        button('Make an example of it', ids.example, { value: id }),
      ),
      ...supportBlocks(signposts, 'at-any-time'),
    ],
  });

const goalSchema = z.union([
  z.object({ scope: z.literal('person'), slackId: z.string() }),
  z.object({ scope: z.enum(['facilitators', 'group']), cohortId: z.string() }),
  z.literal('as-before'),
]);

/** What is seen in the preview is what is shared; `at` and `readers` say what that was. */
export const previewWindow = {
  id: ids.sharePreview,
  carries: packedJson(
    z.object({
      id: z.string().max(64),
      reflectionId: z.string().max(64),
      goal: goalSchema,
      doubt,
      at: z.number(),
      readers: z.string(),
    }),
  ),
};

const mostNamed = 30;

/** "@a, @b and 3 more". */
function sayPeople(slackIds: readonly string[]): Mrkdwn {
  const rest = slackIds.length - mostNamed;
  return joinMrkdwn(
    [...slackIds.slice(0, mostNamed).map(mention), rest > 0 && mrkdwn`${count(rest, 'other', 'others')}`],
    ', ',
  );
}

/** Under the names: that somebody is not among them has several everyday reasons. */
const notEverybody = mrkdwn`Not everybody in a group reads what is shared. Some want no messages, some take no shares from a colleague, some are new.`;

/** Exactly what the others would see. @param from index of the first part shown. */
export function previewView(
  { signposts }: Pick<Drawing, 'signposts'>,
  sharing: Sharing,
  { reflection, copy, readers }: Extract<PreviewOutcome, { kind: 'preview' }>,
  from = 0,
): View {
  const isRenewal = sharing.goal === 'as-before';
  const isOfSome = sharing.goal !== 'as-before' && sharing.goal.scope !== 'person';
  const more = (number: number) =>
    button('More', ids.sharePreviewMore, { value: packedPlace.pack({ what: reflection.id, number }) });
  const who = sayPeople(readers.map(({ slackId }) => slackId));
  return modal({
    callbackId: previewWindow.id,
    title: 'Preview',
    submit: isRenewal ? 'Share these words' : 'Share it',
    close: 'Not now',
    metadata: previewWindow.carries.pack({
      ...sharing,
      at: reflection.updatedAt.getTime(),
      readers: markOf(readers),
    }),
    blocks: [
      ...urgentIn(signposts, copy, nobodyIsAlerted),
      section(
        isRenewal
          ? mrkdwn`*In place of the words they can read now.* Still for ${who}, and nobody else:`
          : mrkdwn`*${count(readers.length, 'person', 'people')} can read this, and nobody else:* ${who}`,
      ),
      ...(isOfSome ? [context(notEverybody)] : []),
      divider(),
      ...copyBlocks(copy, from, more),
      divider(),
      context(
        mrkdwn`${whoSeesWhatYouShare} They see this copy, not what you change later. Date, tags, time and links stay with you. Please read it once more: people are recognised by their stories.`,
      ),
      ...(isRenewal ? [] : [actions([button('Change it', ids.share, { value: reflection.id })])]),
    ],
  });
}

const copyBlocks = (copy: Body, from: number, more: (from: number) => ActionsBlockElement): KnownBlock[] => [
  section(bold(titleOf(copy))),
  ...partBlocks(copy, from, more),
];

/** What became of it. */
export function sharedView(
  outcome: ShareOutcome,
  { agreementButton, signposts }: Pick<ReflectionDeps, 'agreementButton' | 'signposts'>,
): View {
  switch (outcome.kind) {
    case 'shared': {
      const { readers, reflectionId, isRenewal, copy } = outcome;
      const who = sayPeople(readers.map(({ slackId }) => slackId));
      return noticeView(
        'Shared',
        isRenewal
          ? mrkdwn`*Changed.* ${who} can read these words now. I do not write to them again.`
          : mrkdwn`*Shared* with ${who}. I tell ${readers.length === 1 ? 'them' : 'each of them'} within the hours that they have set, and no more often than they want to hear from me. It stands under “Shared with me” in their journal at once.`,
        [button('Who opened it', ids.sharing, { value: reflectionId }), button('My journal', ids.journal)],
        urgentIn(signposts, copy, nobodyIsAlerted),
      );
    }
    case 'shared-before':
      return noticeView(
        'Shared already',
        mrkdwn`This is shared with them already, and was not shared again.`,
        [button('Who opened it', ids.sharing, { value: outcome.reflectionId })],
      );
    // Whatever keeps it from being what was previewed.
    case 'changed':
    case 'found':
    case 'not-reached':
    case 'oneself':
    case 'nobody':
    case 'many':
      return noticeView(
        'Not shared',
        mrkdwn`Not shared: the reflection, or who would read it, has changed since you saw the preview. Please open it and share it again.`,
        [button('My journal', ids.journal)],
      );
    case 'not-agreed':
      return agreeFirstView(agreementButton);
    case 'not-your-group':
      return noticeView('Not shared', mrkdwn`Not shared: you are not in this group any more.`, [
        button('My journal', ids.journal),
      ]);
    case 'unreadable':
    case 'not-yours':
      return noticeView('Not here', mrkdwn`That is not in your journal, and nothing was shared.`, [
        button('My journal', ids.journal),
      ]);
  }
}

/** Before anything of one's own goes to others. */
export const agreeFirstView = ({ text, actionId }: ReflectionDeps['agreementButton']): View =>
  noticeView(
    'Agree first',
    mrkdwn`*Sharing goes with the community agreement*, which says how we treat what others entrust to us. Your words are kept in your journal, for you alone. Once you have agreed, open them there and share them.`,
    [button(text, actionId, { style: 'primary' }), button('My journal', ids.journal)],
  );

/** Why it cannot go there, by field. */
export function problemWith(
  outcome: PreviewOutcome | ShareOutcome,
): { whom: string } | { person: string } | undefined {
  switch (outcome.kind) {
    case 'not-reached':
      return { person: 'This person does not take shares. Please choose somebody else.' };
    case 'oneself':
      return { person: 'That is you: it is in your journal already.' };
    case 'nobody':
      return {
        whom: `Nobody in ${outcome.cohort.name} takes shares at present. Please choose somebody else.`,
      };
    case 'many':
      return { whom: 'You have shared ten times in 24 hours. More can go tomorrow.' };
    default:
      return undefined;
  }
}

/** "the facilitators of Spring group". */
const sayGoal = ({ share, group = 'a group', readers }: ShareLog): Mrkdwn => {
  switch (share.scope) {
    case 'facilitators':
      return mrkdwn`the facilitators of ${group}`;
    case 'group':
      return mrkdwn`people in ${group} who take shares`;
    case 'person':
      return sayPeople(readers.map(({ slackId }) => slackId));
  }
};

/** Who else sees it, in the line that says who does; undefined where nobody else does. */
export function sayShared(logs: readonly ShareLog[]): Mrkdwn | undefined {
  const live = logs.filter(({ share }) => !share.endedAt);
  if (live.length === 0) return undefined;
  const read = live.filter(({ readers }) => readers.some(({ hasLeft }) => !hasLeft));
  return read.length === 0
    ? mrkdwn`Shared, but nobody whom it was shared with can read it any more.`
    : mrkdwn`Shared with ${joinMrkdwn(read.map(sayGoal), '; ')}. Nobody else sees it.`;
}

/** All who can read it, or could once; undefined where it was never shared. */
export function saySharedWith(logs: readonly ShareLog[]): Mrkdwn | undefined {
  const all = new Set(logs.flatMap(({ readers }) => readers.map(({ slackId }) => slackId)));
  return all.size === 0 ? undefined : sayPeople([...all]);
}

const mostShares = 3;
const mostReads = 10;

/** With whom a reflection is shared, who opened it when, and the way to stop. For its author alone. */
export function sharingView(
  { zone }: Drawing,
  { id, body }: Reflection,
  logs: readonly ShareLog[],
  wanted = 0,
): View {
  const { shown, ...turn } = pageOf(logs, wanted, mostShares);
  const live = logs.filter(({ share }) => !share.endedAt);
  const value = (number: number) => packedPlace.pack({ what: id, number });
  const paging = turnButtons(turn, {
    back: { text: 'Newer', id: `${ids.sharingPage}${turn.page - 1}` },
    more: { text: 'Older', id: `${ids.sharingPage}${turn.page + 1}` },
    value,
  });
  return modal({
    callbackId: ids.journalScreen,
    title: 'Sharing',
    blocks: [
      section(bold(body ? titleOf(body) : 'Your reflection')),
      context(mrkdwn`${whoSeesWhatYouShare} Only you see this page.`),
      ...(logs.length === 0 ? [section(mrkdwn`It is shared with nobody. Only you see it.`)] : []),
      ...shown.flatMap((log) => logBlocks(log, zone, stillReading(logs, log))),
      ...(live.length > 1 ? [actions([stopAll(id, live)], 'share.all')] : []),
      ...(paging.length > 0 ? [actions(paging)] : []),
      actions(
        [
          button('Share with somebody', ids.share, { value: id }),
          button('Back to the reflection', ids.open, { value: id }),
        ],
        'sharing.ways',
      ),
    ],
  });
}

/** Those of one share who have the same reflection by another as well. */
function stillReading(logs: readonly ShareLog[], { share, readers }: ShareLog): ShareLog['readers'] {
  const others = logs.filter((one) => !one.share.endedAt && one.share.id !== share.id);
  return others
    .flatMap((one) => one.readers)
    .filter(
      (one, nth, all) => !one.hasLeft && all.findIndex(({ personId }) => personId === one.personId) === nth,
    )
    .toSorted((one, other) => Number(isAmong(readers, other)) - Number(isAmong(readers, one)));
}
const isAmong = (readers: ShareLog['readers'], { personId }: { personId: string }): boolean =>
  readers.some((one) => one.personId === personId);

const stopAll = (reflectionId: string, live: readonly ShareLog[]): Button =>
  button('Stop all', ids.endShares, {
    value: reflectionId,
    style: 'danger',
    label: `Stop all: ${count(live.length, 'share', 'shares')} of this reflection`,
    confirm: confirmLoss(
      'Stop sharing it with anybody?',
      'Nobody but you can open it from then on, and the notices say that it is shared no longer. What somebody has read, they have read.',
      'Stop all',
      'Keep sharing',
    ),
  });

/** @param others who can read the same reflection by another share. */
function logBlocks(log: ShareLog, zone: string, others: ShareLog['readers']): KnownBlock[] {
  const { share, readers, reads, isOutdated } = log;
  const openings = [...Map.groupBy(reads, ({ slackId }) => slackId).values()];
  const more = openings.length - mostReads;
  const [still, gone] = [false, true].map((isGone) =>
    readers.filter(({ hasLeft }) => hasLeft === isGone).map(({ slackId }) => slackId),
  );
  const named = share.endedAt
    ? mrkdwn`Named: ${sayPeople(readers.map(({ slackId }) => slackId))}`
    : mrkdwn`Can read it: ${still?.length ? sayPeople(still) : 'nobody any more'}`;
  const since = mrkdwn`*${share.endedAt ? 'Was shared' : 'Shared'} with ${sayGoal(log)}*, ${sayMoment(share.sharedAt, zone)}${share.endedAt ? `, until ${sayMoment(share.endedAt, zone)}` : ''}`;
  const opened =
    reads.length === 0
      ? mrkdwn`Nobody has opened it.`
      : joinMrkdwn(
          [
            mrkdwn`Opened by:`,
            ...openings
              .slice(0, mostReads)
              .map(([last, ...before]) =>
                last === undefined
                  ? undefined
                  : before.length === 0
                    ? mrkdwn`${mention(last.slackId)}, ${sayTime(last.at, zone)}`
                    : mrkdwn`${mention(last.slackId)}, ${count(before.length + 1, 'time', 'times')}, last ${sayTime(last.at, zone)}`,
              ),
            more > 0 && mrkdwn`and ${count(more, 'other', 'others')}`,
          ],
          '\n',
        );
  return [
    divider(),
    section(since),
    ...(share.scope === 'person' ? [] : [context(named)]),
    ...(gone?.length && !share.endedAt ? [context(mrkdwn`Not any more: ${sayPeople(gone)}`)] : []),
    section(opened),
    ...(others.length > 0 && !share.endedAt
      ? [
          context(
            mrkdwn`If you stop this one, ${sayPeople(others.map(({ slackId }) => slackId))} can still read it, by another share.`,
          ),
        ]
      : []),
    ...(isOutdated
      ? [
          context(
            mrkdwn`You have changed it since. They still read it as it was ${sayMoment(share.copiedAt, zone)}.`,
          ),
        ]
      : []),
    ...(share.endedAt
      ? []
      : [
          actions(
            [
              ...(isOutdated
                ? [
                    button('Share the present words', ids.renewShare, {
                      value: share.id,
                      label: `Share the present words: shared ${sayTime(share.sharedAt, zone)}`,
                    }),
                  ]
                : []),
              button('Stop sharing', ids.endShare, {
                value: share.id,
                style: 'danger',
                label: `Stop sharing: shared ${sayTime(share.sharedAt, zone)}`,
                confirm: confirmLoss(
                  'Stop sharing it?',
                  others.length === 0
                    ? 'Nobody but you can open it from then on, and the notice says that it is shared no longer. What somebody has read, they have read.'
                    : 'This share ends, and its notice says so. It stays open to those who have it by another share: “Stop all” ends those too. What somebody has read, they have read.',
                  'Stop sharing',
                  'Keep sharing',
                ),
              }),
            ],
            `share.${share.id}`,
          ),
        ]),
  ];
}

/** To somebody who asks what others see of them. */
export const sharedSeen = (many: number): KnownBlock =>
  section(
    mrkdwn`*Reflections you share:* ${many}, each for those whom you were shown when you shared it, and for nobody else. “Sharing” in a reflection says who.`,
  );

/** What a colleague shares, for whoever it is shared with. */
export function readView(
  { signposts, zone }: Drawing,
  { share, copy, by }: { share: Share; copy: Body; by: Person },
  from = 0,
): View {
  const more = (number: number) =>
    button('More', ids.readSharedMore, { value: packedPlace.pack({ what: share.id, number }) });
  return modal({
    callbackId: ids.journalScreen,
    title: 'Shared with you',
    blocks: [
      section(mrkdwn`${mention(by.slackId)} shared this with you ${sayMoment(share.sharedAt, zone)}.`),
      context(
        mrkdwn`${whoSeesSharedReflections} It was entrusted to you: please do not pass it on. The exception: where somebody may be at risk of harm, follow your organisation’s safeguarding steps.`,
      ),
      divider(),
      ...copyBlocks(copy, from, more),
      divider(),
      actions([button('All that is shared with me', ids.sharedWithMe)], 'read.ways'),
      ...supportBlocks(signposts, 'here'),
    ],
  });
}

export const notThereView = (): View =>
  noticeView(
    'Not shared',
    mrkdwn`This is not shared with you, or not any more: its author has stopped sharing it, or you are not in the group, or in the role, that it was shared with.`,
    [button('All that is shared with me', ids.sharedWithMe), button('My journal', ids.journal)],
  );

const onScreen = 5;

const withWhom = ({ scope }: Share, group = 'a group'): string =>
  ({ person: 'with you', facilitators: `with the facilitators of ${group}`, group: `with ${group}` })[scope];

export function sharedWithMeView({ zone }: Drawing, all: readonly SharedWithMe[], wanted = 0): View {
  const { shown, ...turn } = pageOf(all, wanted, onScreen);
  const paging = turnButtons(turn, {
    back: { text: 'Newer', id: `${ids.sharedWithMe}.${turn.page - 1}` },
    more: { text: 'Older', id: `${ids.sharedWithMe}.${turn.page + 1}` },
  });
  return modal({
    callbackId: ids.journalScreen,
    title: 'Shared with me',
    blocks: [
      context(mrkdwn`${whoSeesSharedReflections}`),
      ...(all.length === 0 ? [section(mrkdwn`Nothing is shared with you at present.`)] : []),
      ...shown.map(({ share, by, group, isRead }) =>
        section(
          mrkdwn`${bold(share.copy ? titleOf(share.copy) : 'A reflection')}\n${mention(by.slackId)} \u00b7 ${withWhom(share, group)} \u00b7 ${sayMoment(share.sharedAt, zone)}${isRead ? ' \u00b7 read already' : ''}`,
          button('Read it', ids.readShared, {
            value: share.id,
            label: `Read it: what ${by.displayName} shared ${sayTime(share.sharedAt, zone)}`,
          }),
        ),
      ),
      ...(paging.length > 0 ? [actions(paging)] : []),
      actions([button('My journal', ids.journal)]),
    ],
  });
}
