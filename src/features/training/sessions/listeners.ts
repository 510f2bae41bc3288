import type { View } from '@slack/types';
import type { Actor } from '../../../community/permissions.ts';
import { offerProfessions } from '../../../community/professions.ts';
import { lookThrough } from '../../../safeguarding/look-through.ts';
import type { Doubtful } from '../../../safeguarding/warning.ts';
import { usableZone } from '../../../scheduler/calendar.ts';
import { type Answer, asModal } from '../../../slack/answer.ts';
import type { Command } from '../../../slack/router.ts';
import type { Click, Routes } from '../../../slack/routes.ts';
import type { Mrkdwn } from '../../../slack/text.ts';
import { findOwnSession, findSayable, type Sayable, tooLong, wordsOf } from '../access/asking.ts';
import { ids as access } from '../access/ids.ts';
import { listSeen as listSeenBy } from '../access/opening.ts';
import { findNeeds, longestNeeds } from '../access/store.ts';
import { myNeedsBlocks } from '../access/views.ts';
import { showLead } from '../leading/lead.ts';
import { aroundOf } from './around.ts';
import { type BookOutcome, book, giveUp, listOverlapping, moveTo } from './book.ts';
import type { SessionDeps } from './deps.ts';
import { ids } from './ids.ts';
import { type Filter, filters, findOtherPlace, findSeen, listMoves, listSeen, type Seen } from './read.ts';
import type { Session } from './session.ts';
import { findSession } from './store.ts';
import {
  bookedNote,
  bookForm,
  bookView,
  cardView,
  givenUp,
  givenUpWords,
  goneWords,
  hadNone,
  inWindow,
  isFull,
  listIds,
  listView,
  movedWords,
  noRoomWords,
  notForYou,
  notThere,
  packedMove,
  packedTurn,
  placeGone,
  placeTaken,
  sessionsHelp,
  stillWaiting,
  tooLate,
} from './views.ts';

export const sessionsCommand = (deps: SessionDeps): Command => ({
  word: 'sessions',
  takes: [],
  aliases: [
    'session',
    'my sessions',
    'book a session',
    'training sessions',
    'training dates',
    'event',
    'events',
    'calendar',
    'bookings',
    'my bookings',
    'what is on',
    "what's on",
  ],
  help: sessionsHelp,
  run: async ({ actor, open, answer }) =>
    open ? open(await showList(deps, actor, 'coming')) : answer(inWindow),
});

export const showList = async (
  deps: SessionDeps,
  actor: Actor,
  filter: Filter,
  page = 0,
  seriesId = '',
): Promise<View> =>
  listView(await listSeen(deps, actor, { filter, page, seriesId }), await aroundOf(deps, actor));

/** One session: what it is and, for whoever can have a place and has none, the way to book it. */
export async function showSession(
  deps: SessionDeps,
  actor: Actor,
  id: string,
  note?: Mrkdwn,
  { hadPlace, movedFrom }: { hadPlace?: boolean; movedFrom?: Session } = {},
): Promise<View> {
  const seen = await findSeen(deps, actor, id);
  if (!seen) return asModal(notThere);
  const around = await aroundOf(deps, actor);
  const isHost = seen.hosts.some((host) => host.id === actor.person.id);
  if (isHost && !seen.own) return showLead(deps, actor, id, note);
  const saysNeedsAt = async (sessionId: string) =>
    Boolean((await findNeeds(deps.db, deps.vault, { sessionId, personId: actor.person.id }))?.words);
  if (seen.own || !seen.mayBook)
    return cardView(seen, around, {
      saysNeeds: await saysNeedsAt(id),
      movedFrom,
      moves: await listMoves(deps, actor, seen),
      note,
      lacksAgreement: seen.lacksAgreement,
      needs: seen.own ? await ownNeeds(deps, actor, seen) : [],
    });
  const elsewhere = await findOtherPlace(deps, actor, seen);
  return bookView(seen, around, {
    ...(await whatTheyComeAs(deps, actor)),
    sayable: await askedOf(deps, actor, seen.session),
    waits: isFull(seen),
    overlapping: await listOverlapping(deps.db, actor.person.id, seen.session),
    elsewhere: elsewhere && { session: elsewhere, saysNeeds: await saysNeedsAt(elsewhere.id) },
    note,
    hadPlace,
  });
}

/** Undefined: the session does not ask what would make taking part easier. */
const askedOf = async (
  deps: SessionDeps,
  { person }: Actor,
  session: Session,
): Promise<Sayable | undefined> =>
  session.asksAccess ? findSayable(deps, { sessionId: session.id, personId: person.id }) : undefined;

/** What somebody who has a place said of that, for themselves. */
async function ownNeeds(deps: SessionDeps, actor: Actor, { session: { id: sessionId }, own }: Seen) {
  if (!(await findOwnSession(deps, actor, sessionId))) return [];
  const of = { sessionId, personId: actor.person.id };
  const said = (await findNeeds(deps.db, deps.vault, of))?.words ?? '';
  const hasPlace = own?.status === 'booked';
  return myNeedsBlocks(sessionId, { hasSaid: said !== '', hasPlace }, await listSeenBy(deps, of));
}

async function whatTheyComeAs(deps: SessionDeps, { person }: Actor) {
  const role = await deps.roleOf(person.id);
  const { professions } = deps;
  return { professions, role, offered: role === undefined ? [] : offerProfessions(professions, role) };
}

/** Looking for sessions, booking them and giving places up. */
export function listenToSessions(to: Routes, deps: SessionDeps): void {
  const told = ({ person }: Actor) => ({
    zone: usableZone(person.timeZone, deps.timeZone),
    home: deps.timeZone,
    now: deps.clock.now(),
  });

  const listOf =
    (filter: Filter) =>
    async ({ actor, carried, replace }: Click & { carried: { page: number; series: string } }) =>
      replace(await showList(deps, actor, filter, carried.page, carried.series));
  for (const filter of [...filters, 'series'] as const)
    for (const id of Object.values(listIds(filter))) to.onClick(id, packedTurn, listOf(filter));
  // Of lists that there are no more.
  to.onClick(ids.list, packedTurn, listOf('coming'));
  to.onClick(ids.others, async ({ actor, value, replace }) =>
    replace(await showList(deps, actor, 'series', 0, value)),
  );
  to.onClick(ids.open, async ({ actor, value, replace }) => replace(await showSession(deps, actor, value)));

  /** The form again, with what stands in it. */
  async function bookingAgain(
    actor: Actor,
    { id, waits }: { id: string; waits: boolean },
    { as, needs }: { as: string | undefined; needs: string },
    doubtful: Doubtful,
  ): Promise<View> {
    const seen = await findSeen(deps, actor, id);
    if (!seen) return asModal(notThere);
    const sayable = await askedOf(deps, actor, seen.session);
    return bookView(seen, await aroundOf(deps, actor), {
      ...(await whatTheyComeAs(deps, actor)),
      chosen: as,
      sayable: sayable && { ...sayable, said: needs },
      waits,
      overlapping: await listOverlapping(deps.db, actor.person.id, seen.session),
      doubtful,
    });
  }
  to.onClick(access.bookAsItIs, async ({ actor, window, replace }) => {
    const carried = window && bookForm.carries?.open(window.metadata);
    if (!carried) return;
    const { as, needs = '' } = window.read(bookForm).partly;
    await replace(await bookingAgain(actor, carried, { as, needs }, { isKept: true }));
  });

  to.onSend(bookForm, async ({ actor, carried, values, refuse, show }) => {
    const session = await findSession(deps.db, carried.id);
    const sayable = session && (await askedOf(deps, actor, session));
    const looked = lookThrough(
      deps,
      carried.doubt,
      { needs: sayable ? values.needs : '' },
      { needs: longestNeeds },
    );
    if (looked.kind === 'doubtful')
      return void (await show(await bookingAgain(actor, carried, values, { findings: looked.findings })));
    const needs = sayable && wordsOf({ ...values, ...looked.texts }, sayable);
    const problem = needs === undefined ? undefined : tooLong(needs);
    if (problem !== undefined) return refuse({ needs: problem });
    const outcome = await book(deps, actor, {
      sessionId: carried.id,
      profession: deps.professions.some(({ id }) => id === values.as) ? values.as : undefined,
      mayWait: carried.waits,
      ...(needs !== undefined && { needs }),
    });
    switch (outcome.kind) {
      case 'full': {
        const stands = { as: values.as, needs: looked.texts.needs };
        const isKept = carried.doubt === 'kept';
        await show(await bookingAgain(actor, { id: carried.id, waits: true }, stands, { isKept }));
        return;
      }
      case 'not-there':
        return void (await show(asModal(notThere)));
      case 'not-for-you':
        return void (await show(asModal(notForYou)));
      case 'begun':
      case 'cancelled':
        return void (await show(asModal(tooLate(outcome.session, told(actor), deps.clock.now()))));
      default:
        await show(await showSession(deps, actor, carried.id, bookedNote(outcome)));
    }
  });

  to.onClick(ids.accept, async (click) => {
    const { actor, value } = click;
    const isWindow = click.place === 'modal';
    const asked = { sessionId: value, profession: undefined, mayWait: false };
    // In a message its own words become the confirmation.
    const outcome = await book(deps, actor, { ...asked, confirms: isWindow });
    if (isWindow) {
      const note = outcome.kind === 'full' ? goneWords(outcome, told(actor)) : bookedNote(outcome);
      return click.replace(await showSession(deps, actor, value, note));
    }
    await deps.notes.settled();
    await click.instead(acceptedAnswer(outcome, actor));
  });
  const acceptedAnswer = (outcome: BookOutcome, actor: Actor): Answer => {
    switch (outcome.kind) {
      case 'booked':
        return placeTaken(outcome.session, told(actor));
      case 'already':
        return outcome.booking.status === 'booked'
          ? placeTaken(outcome.session, told(actor))
          : stillWaiting(outcome.session, told(actor));
      case 'waiting':
        return stillWaiting(outcome.session, told(actor));
      case 'full':
        return placeGone(outcome, told(actor));
      case 'begun':
      case 'cancelled':
        return tooLate(outcome.session, told(actor), deps.clock.now());
      case 'not-there':
        return notThere;
      case 'not-for-you':
        return notForYou;
    }
  };

  to.onClick(ids.move, packedMove, async ({ actor, carried, replace }) => {
    const outcome = await moveTo(deps, actor, carried);
    switch (outcome.kind) {
      case 'moved':
        return replace(
          await showSession(deps, actor, carried.to, movedWords(outcome, told(actor)), {
            movedFrom: outcome.from,
          }),
        );
      case 'full':
        return replace(await showSession(deps, actor, carried.from, noRoomWords));
      case 'had-none':
        return replace(asModal(hadNone(outcome.session, told(actor))));
      case 'begun':
      case 'cancelled':
        return replace(asModal(tooLate(outcome.session, told(actor), deps.clock.now())));
      case 'not-there':
        return replace(asModal(notThere));
      case 'not-for-you':
        return replace(asModal(notForYou));
    }
  });

  to.onClick(ids.giveUp, async (click: Click) => {
    const { actor, value } = click;
    const outcome = await giveUp(deps, actor, value);
    if (outcome.kind === 'not-there' || outcome.kind === 'not-for-you') return click.answer(notThere);
    if (outcome.kind === 'begun' || outcome.kind === 'cancelled')
      return click.answer(tooLate(outcome.session, told(actor), deps.clock.now()));
    if (outcome.kind === 'had-none') return click.instead(hadNone(outcome.session, told(actor)));
    const { had } = outcome;
    await deps.notes.settled();
    if (click.place === 'modal')
      return click.replace(
        await showSession(deps, actor, value, givenUpWords(outcome.session, had, told(actor)), {
          hadPlace: had === 'booked',
        }),
      );
    await click.instead(givenUp(outcome.session, had, told(actor)));
  });
}
