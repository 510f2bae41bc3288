import type { View } from '@slack/types';
import { findCohort } from '../../../community/cohorts.ts';
import { listPeople } from '../../../community/people.ts';
import type { Actor } from '../../../community/permissions.ts';
import { newId } from '../../../lib/random.ts';
import { tidyTitle } from '../../../lib/title.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { daysOffIn } from '../../../scheduler/days-off.ts';
import { asModal } from '../../../slack/answer.ts';
import { definedOnly } from '../../../slack/form.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { Mrkdwn } from '../../../slack/text.ts';
import { findOwn, showLead } from '../leading/lead.ts';
import { isOver, notAllowed, refusal } from '../leading/views.ts';
import { listManageable } from '../sessions/around.ts';
import type { SessionDeps } from '../sessions/deps.ts';
import { ids } from '../sessions/ids.ts';
import type { Places, PlacesField, When } from '../sessions/meanwhile.ts';
import { listSeries, noSeries, type Series } from '../sessions/outlines.ts';
import { isIn } from '../sessions/places.ts';
import {
  changePlaces,
  changeWhen,
  createSession,
  type Fewer,
  placesOf,
  tellHosts,
  whereaboutsOf,
} from '../sessions/plan.ts';
import { findSeen } from '../sessions/read.ts';
import { mayPlan } from '../sessions/rights.ts';
import type { Kept, Session } from '../sessions/session.ts';
import { findSession, listBookings, listHosts } from '../sessions/store.ts';
import { notThere } from '../sessions/views.ts';
import { farDay, meetingLink, oddDay, problemsOfPlaces, problemsOfTime, startOf } from '../sessions/when.ts';
import { findHosts } from './hosts.ts';
import {
  type Changing,
  cannotHost,
  changedNote,
  datedHeading,
  everybody,
  fewerForm,
  fewerView,
  headingOf,
  keptForm,
  keptOf,
  keptOfNone,
  keptView,
  keptWindow,
  type Meanwhile,
  mostHosts,
  noLetters,
  noLink,
  noSuchSeries,
  notForThem,
  type PlacesSaid,
  placesForm,
  placesNote,
  placesView,
  plannedNote,
  sayPlacesClash,
  sayWhenClash,
  tooManyHosts,
  type WhatSaid,
  type WhenSaid,
  whatForm,
  whatView,
  whenForm,
  whenOf,
  whenView,
  whenWindow,
  wholeNumber,
} from './views.ts';

/** Planning a session, and changing when and where it is, its places and its people. */
export function listenToPlanning(to: Routes, deps: SessionDeps): void {
  const { db, clock, timeZone, training, professions } = deps;
  const series = listSeries(training);
  const lead = (actor: Actor, id: string, note?: Mrkdwn): Promise<View> => showLead(deps, actor, id, note);

  // A new one: what and for whom, when and where, places and people, and what is kept.

  to.onClick(ids.add, async ({ actor, replace }) => {
    const cohorts = await listManageable(deps, actor);
    const forAll = mayPlan(actor, undefined);
    await replace(
      cohorts.length === 0 && !forAll ? asModal(notAllowed) : whatView(newId(clock), series, cohorts, forAll),
    );
  });

  const seriesOf = (id: string): Series | undefined => series.find((one) => one.id === id);
  const cohortOf = async (id: string) => (id === everybody ? undefined : findCohort(db, id));
  const heading = async ({ made }: WhatSaid, session?: Session): Promise<Mrkdwn> => {
    const cohort = made
      ? await cohortOf(made.cohort)
      : session?.cohortId === undefined
        ? undefined
        : await findCohort(db, session.cohortId);
    const label = made ? seriesOf(made.series)?.label : session?.title;
    return headingOf(label, cohort?.name);
  };

  to.onSend(whatForm, async ({ actor, carried: id, values, refuse, show }) => {
    const one = seriesOf(values.series);
    if (!one) return refuse({ series: noSuchSeries });
    const cohort = values.cohort === everybody ? undefined : await findCohort(db, values.cohort);
    if (
      !mayPlan(actor, values.cohort === everybody ? undefined : values.cohort) ||
      cohort?.isArchived === true
    )
      return refuse({ cohort: notForThem });
    const said = { id, made: { series: one.id, cohort: values.cohort } };
    await show(
      whenView(said, {
        zone: timeZone,
        heading: await heading(said),
        shape: one.shape,
        initial: { time: '10:00' },
      }),
    );
  });

  to.onClick(ids.changeWhen, async ({ actor, value, replace }) => {
    const own = await findOwn(deps, actor, value);
    if (own.kind === 'view') return replace(own.view);
    await replace(
      whenView(
        { id: value, seen: whereaboutsOf(own.session) },
        {
          zone: timeZone,
          heading: await heading({ id: value }, own.session),
          shape: [],
          initial: whenOf(own.session, timeZone),
          concerned: (await listBookings(db, value)).filter(isIn).length,
        },
      ),
    );
  });

  const form = whenForm(timeZone);
  type WhenField = (typeof form.names)[number];
  function checkWhen(values: {
    date: string;
    time: string;
    minutes: string;
    place: string;
    link: string;
  }):
    | { kind: 'ok'; when: When; said: WhenSaid }
    | { kind: 'problems'; problems: Partial<Record<WhenField, string>> } {
    const start = startOf(values, timeZone);
    if (start.kind === 'problem') return { kind: 'problems', problems: { time: start.words } };
    const minutes = wholeNumber(values.minutes) ?? Number.NaN;
    const problems: Partial<Record<WhenField, string>> = problemsOfTime(
      { startsAt: start.startsAt, minutes },
      { zone: timeZone, now: clock.now() },
    );
    const link = values.link === '' ? undefined : meetingLink(values.link);
    if (values.link !== '' && link === undefined) problems.link = noLink;
    if (Object.keys(problems).length > 0) return { kind: 'problems', problems };
    const place = tidyTitle(values.place) || undefined;
    return {
      kind: 'ok',
      when: { startsAt: start.startsAt, minutes, place, link },
      said: { date: values.date, time: values.time, minutes, place: place ?? '', link: link ?? '' },
    };
  }

  to.onSend(whenWindow, async ({ actor, carried, window, refuse, show }) => {
    const { warned, ...said } = carried;
    const read = window.read(form);
    const checked = read.kind === 'problems' ? read : checkWhen(read.values);
    // What stands above the fields stays with words beside one, and would speak of another day than the one chosen now.
    if (checked.kind === 'problems' && (warned === undefined || warned === read.partly.date))
      return refuse(definedOnly(checked.problems));
    const session = said.made ? undefined : await findSession(db, said.id);
    const drawAgain = async (why: Pick<Parameters<typeof whenView>[1], 'warned' | 'problems'>) =>
      void (await show(
        whenView(said, {
          zone: timeZone,
          heading: await heading(said, session),
          shape: said.made ? (seriesOf(said.made.series)?.shape ?? []) : [],
          initial: read.partly,
          ...why,
        }),
      ));
    if (checked.kind === 'problems')
      return drawAgain({ problems: Object.values(definedOnly(checked.problems)) });
    const { date } = checked.said;
    const cohort = said.made
      ? await cohortOf(said.made.cohort)
      : session?.cohortId === undefined
        ? undefined
        : await findCohort(db, session.cohortId);
    const odd =
      [
        farDay(date, localDate(clock.now(), timeZone)),
        oddDay(date, cohort ? daysOffIn(deps.daysOff, cohort) : deps.daysOff),
      ]
        .filter((words) => words !== undefined)
        .join(' ') || undefined;
    const isSameDay = [session?.startsAt, said.seen?.startsAt].some(
      (at) => at !== undefined && localDate(at, timeZone) === date,
    );
    if (odd !== undefined && warned !== date && !isSameDay)
      return drawAgain({ warned: { date, words: odd } });
    if (said.made) {
      const { id, made } = said;
      const one = seriesOf(made.series);
      return void (await show(
        placesView(
          { id, made, when: checked.said },
          {
            heading: datedHeading(await heading(said), checked.when, { zone: timeZone, now: clock.now() }),
            professions,
            initial: {
              title: one === undefined || one.id === noSeries ? '' : one.label,
              hosts: [actor.person.slackId],
              places: 20,
            },
          },
        ),
      ));
    }
    const { seen } = said;
    const outcome = await changeWhen(
      deps,
      actor,
      said.id,
      checked.when,
      seen && { ...seen, place: seen.place, link: seen.link },
    );
    if (outcome.kind === 'meanwhile')
      return void (await show(
        whenView(
          { id: said.id, seen: outcome.seen },
          {
            zone: timeZone,
            heading: await heading(said, session),
            shape: [],
            initial: whenOf(outcome.together, timeZone),
            concerned: (await listBookings(db, said.id)).filter(isIn).length,
            meanwhile: {
              clashes: outcome.clashes.map((field) => sayWhenClash(field, outcome.now, timeZone)),
              theirs: outcome.theirs.map((field) => sayWhenClash(field, outcome.now, timeZone)),
            },
          },
        ),
      ));
    if (outcome.kind !== 'changed') return void (await show(asModal(refusal[outcome.kind])));
    await show(await lead(actor, said.id, changedNote(outcome, clock.now())));
  });

  to.onClick(ids.changePlaces, async ({ actor, value, replace }) => {
    const own = await findOwn(deps, actor, value);
    if (own.kind === 'view') return replace(own.view);
    const { session } = own;
    const stands = placesOf(session, await listHosts(db, value));
    await replace(await placesChange(session, stands, stands));
  });

  /** @param says what stands in its fields. */
  const placesChange = async (
    session: Session,
    seen: Places,
    says: Places,
    meanwhile?: Meanwhile,
  ): Promise<View> =>
    placesView(
      {
        id: session.id,
        seen: { ...seen, hosts: [...seen.hosts] },
        ...(meanwhile && { chosen: { mix: says.mix, mixUntil: says.mixUntil } }),
      },
      {
        heading: await heading({ id: session.id }, session),
        professions,
        initial: {
          title: says.title,
          hosts: (await listPeople(db, says.hosts)).map(({ slackId }) => slackId),
          places: says.places,
          kept: says.mix.map(({ profession }) => profession),
          access: says.asksAccess,
        },
        meanwhile,
      },
    );

  to.onSend(placesForm, async ({ actor, carried, values, refuse, show }) => {
    const title = tidyTitle(values.title);
    if (title === '') return refuse({ title: noLetters });
    const places = values.places === '' ? undefined : (wholeNumber(values.places) ?? Number.NaN);
    const { when, ...said } = carried;
    const session = said.made ? undefined : await findSession(db, said.id);
    const around = aroundPlaces(when, session);
    const problems = problemsOfPlaces({ places, mix: [], mixUntil: undefined }, around);
    if (problems.places !== undefined) return refuse({ places: problems.places });
    if (values.kept.length > 0 && places === undefined) return refuse({ places: keptOfNone });
    if (values.hosts.length > mostHosts) return refuse({ hosts: tooManyHosts });
    const { hosts, others } = await findHosts(db, actor, values.hosts, said.seen?.hosts ?? []);
    if (others.length > 0) return refuse({ hosts: cannotHost(others) });
    const keepsFor = values.kept.filter((id) => professions.some((one) => one.id === id));
    const placesSaid: PlacesSaid = {
      title,
      hosts,
      asksAccess: values.access,
      keepsFor,
      ...(places !== undefined && { places }),
    };
    if (keepsFor.length > 0)
      return void (await show(
        keptView(
          { ...said, ...(when && { when }), places: placesSaid },
          said.chosen ?? said.seen ?? session ?? {},
          professions,
        ),
      ));
    await save(actor, said, when, placesSaid, [], undefined, undefined, show);
  });

  to.onSend(keptWindow, async ({ actor, carried, window, refuse, show }) => {
    const { when, places, ...said } = carried;
    const read = window.read(keptForm(places.keepsFor, professions));
    if (read.kind === 'problems') return refuse(definedOnly(read.problems));
    const mix = keptOf(read.values, places.keepsFor);
    const mixUntil = read.values.until;
    const session = said.made ? undefined : await findSession(db, said.id);
    const problems = problemsOfPlaces({ places: places.places, mix, mixUntil }, aroundPlaces(when, session));
    const [first = ''] = places.keepsFor;
    if (problems.until !== undefined) return refuse({ until: problems.until });
    const words = problems.kept ?? problems.places;
    const odd = mix.find((one) => !Number.isInteger(one.places) || one.places < 1)?.profession ?? first;
    if (words !== undefined) return refuse({ [odd]: words });
    await save(actor, said, when, places, mix, mixUntil, undefined, show);
  });

  to.onSend(fewerForm, async ({ actor, carried, values, show }) => {
    const { places, mix, mixUntil, ...said } = carried;
    await save(
      actor,
      said,
      undefined,
      places,
      mix,
      mixUntil,
      values.fewer === 'move' ? 'move' : 'keep',
      show,
    );
  });

  const aroundPlaces = (when: WhenSaid | undefined, session: Session | undefined) => ({
    today: localDate(clock.now(), timeZone),
    on: when?.date ?? (session ? localDate(session.startsAt, timeZone) : '9999-12-31'),
  });

  /** Makes the session, or changes its places. */
  async function save(
    actor: Actor,
    said: Changing,
    when: WhenSaid | undefined,
    { keepsFor: _keepsFor, ...places }: PlacesSaid,
    mix: Kept[],
    mixUntil: string | undefined,
    fewer: Fewer | undefined,
    show: (view: View) => Promise<boolean>,
  ): Promise<void> {
    const change = { ...places, places: places.places, mix, mixUntil };
    if (said.made && when) {
      const { series: seriesId, cohort } = said.made;
      const cohortId = cohort === everybody ? undefined : cohort;
      const one = seriesOf(seriesId);
      const checked = checkWhen({ ...when, minutes: String(when.minutes) });
      // The hour may have come while the form was open; whoever gets an old form is told to begin again.
      if (!mayPlan(actor, cohortId) || !one || checked.kind === 'problems')
        return void (await show(asModal(mayPlan(actor, cohortId) ? isOver : notAllowed)));
      const { label, shape, notes } = one;
      await db.transaction().execute(async (trx) => {
        // Sent twice, it is made once, and nobody hears of it twice.
        if (await findSession(trx, said.id)) return;
        const made = await createSession(trx, deps, actor, {
          ...change,
          ...checked.when,
          id: said.id,
          seriesId,
          cohortId,
          outline: { label, shape, notes },
        });
        await tellHosts(deps, trx, actor, made, { before: [], after: change.hosts });
      });
      for (const id of [actor.person.id, ...change.hosts]) deps.homeChanged(id);
      return void (await show(await lead(actor, said.id, plannedNote)));
    }
    const { seen: drawn } = said;
    const outcome = await changePlaces(
      deps,
      actor,
      said.id,
      { ...change, fewer },
      drawn && { ...drawn, places: drawn.places, mixUntil: drawn.mixUntil },
    );
    if (outcome.kind === 'meanwhile') {
      const session = await findSession(db, said.id);
      const { now, together, seen, clashes, theirs } = outcome;
      const say = (field: PlacesField) => sayPlacesClash(field, now, professions);
      const words = { clashes: clashes.map(say), theirs: theirs.map(say) };
      return void (await show(
        session ? await placesChange(session, seen, together, words) : asModal(notThere),
      ));
    }
    if (outcome.kind === 'fewer')
      return void (await show(
        fewerView({ ...said, places: { ...places, keepsFor: [] }, mix, mixUntil }, outcome.taken),
      ));
    if (outcome.kind !== 'changed') return void (await show(asModal(refusal[outcome.kind])));
    for (const id of change.hosts) deps.homeChanged(id);
    const seen = await findSeen(deps, actor, said.id);
    // Whoever was its host and gave it away sees it no longer.
    await show(seen?.runs ? await lead(actor, said.id, placesNote(outcome.told)) : asModal(notThere));
  }
}
