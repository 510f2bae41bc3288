import type { KnownBlock } from '@slack/types';
import { type Cohort, findCohort } from '../../community/cohorts.ts';
import { type Actor, may } from '../../community/permissions.ts';
import { nearest } from '../../content/nearest.ts';
import { localDate, usableZone } from '../../scheduler/calendar.ts';
import { type Answer, asModal } from '../../slack/answer.ts';
import { packedId } from '../../slack/packed.ts';
import { wantedPage } from '../../slack/paging.ts';
import type { CommandCall } from '../../slack/router.ts';
import type { Routes } from '../../slack/routes.ts';
import type { HomePage } from '../feature.ts';
import type { EvaluationDeps } from './deps.ts';
import { ids } from './ids.ts';
import { readPlan, type StageSeen } from './plan/read.ts';
import { scheduleMissing } from './plan/schedule.ts';
import {
  nothingMissing,
  planArchived,
  planForm,
  planNotTheirs,
  planView,
  scheduledAnswer,
} from './plan/views.ts';
import { closeReport } from './report/close.ts';
import { listReportable, mayReport, type ReadReport, type Reportable, readReport } from './report/read.ts';
import {
  aboutOf,
  closedAnswer,
  closingView,
  groupsAPage,
  listAnswer,
  listBlocks,
  type NotInIt,
  nothingYet,
  notTheirs,
  packedMark,
  packedQuotes,
  packedScreen,
  quotesView,
  reportPage,
  seeHome,
  stillAsked,
} from './report/views.ts';

const reportPageId = 'evaluation.report';
const listPageId = 'evaluation.reports';

const todayOf = ({ clock, timeZone }: EvaluationDeps) => localDate(clock.now(), timeZone);
const zoneOf = ({ timeZone }: EvaluationDeps, { person }: Actor) => usableZone(person.timeZone, timeZone);

const turnTo = (deps: EvaluationDeps, { person }: Actor, about: string, screen = 0): Promise<void> =>
  deps.turnHome(person.id, { page: reportPageId, value: packedScreen.pack({ about, screen }) });

/** Those of a name, however it is written; else the one that was probably meant. */
function named(all: readonly Reportable[], words: string): Reportable[] {
  const bare = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  const wanted = bare(words);
  const same = all.filter(({ cohort }) => bare(cohort.name) === wanted);
  if (same.length > 0) return same;
  const begun = all.filter(({ cohort }) => ` ${bare(cohort.name)}`.includes(` ${wanted}`));
  if (begun.length > 0) return begun;
  // A slip in the first words of a name is one in the name.
  const many = wanted.split(' ').length;
  const begins = (name: string) => bare(name).split(' ').slice(0, many).join(' ');
  const meant = nearest(
    wanted,
    all.flatMap(({ cohort }) => [bare(cohort.name), begins(cohort.name)]),
  );
  return all.filter(({ cohort: { name } }) => bare(name) === meant || begins(name) === meant);
}

/** `/chatr report`: the one that is meant, or a list to choose from. */
export async function openReport(
  deps: EvaluationDeps,
  { actor, words, answer, lookUp }: CommandCall,
): Promise<void> {
  const all = await listReportable(deps, actor);
  const found = words === '' ? all : named(all, words);
  // "report abuse": a search begins so too.
  if (words !== '' && found.length === 0) return lookUp();
  const [only, another] = found;
  if (!only || another) return answer(listAnswer(found, zoneOf(deps, actor)));
  await turnTo(deps, actor, only.cohort.id);
  await answer(seeHome(only.cohort.name));
}

export function listenToReports(to: Routes, deps: EvaluationDeps): void {
  to.onClick(ids.list, ({ actor, value }) =>
    deps.turnHome(actor.person.id, { page: listPageId, value: value || '0' }),
  );
  to.onClick(ids.listPage, async ({ actor, value, place, answer }) => {
    if (place === 'home') return deps.turnHome(actor.person.id, { page: listPageId, value });
    const all = await listReportable(deps, actor);
    await answer(listAnswer(all, zoneOf(deps, actor), wantedPage(value)));
  });
  to.onClick(ids.open, packedScreen, async ({ actor, carried, place, answer, instead }) => {
    const found = await readReport(deps, actor, carried.about);
    if (found.kind === 'not-allowed') return answer(notTheirs);
    await turnTo(deps, actor, carried.about, carried.screen);
    // A list that stays where it is would have one more line below it for each that is opened.
    if (place === 'message') return instead(await listBelow(deps, actor, found.cohort));
    if (place !== 'home') await answer(seeHome(found.cohort.name));
  });
  to.onClick(ids.screen, packedScreen, ({ actor, carried }) =>
    turnTo(deps, actor, carried.about, carried.screen),
  );
  to.onClick(ids.quotes, packedQuotes, async ({ actor, carried, open, answer }) => {
    const found = await readReport(deps, actor, carried.about);
    if (found.kind !== 'report') return answer(notTheirs);
    const part = found.report.sections.find(({ id }) => id === carried.section)?.parts[carried.place];
    if (part?.kind === 'quotes') await open(quotesView(part.quotes, part.about));
  });
  listenToClosing(to, deps);
  listenToPlan(to, deps);
}

/** Where it is, and the part of the list in which it stands. */
async function listBelow(deps: EvaluationDeps, actor: Actor, { id, name }: Cohort): Promise<Answer> {
  const all = await listReportable(deps, actor);
  const page = Math.floor(all.findIndex(({ cohort }) => cohort.id === id) / groupsAPage);
  const said = seeHome(name);
  return { ...said, blocks: [...said.blocks, ...listBlocks(all, page, zoneOf(deps, actor))] };
}

function listenToClosing(to: Routes, deps: EvaluationDeps): void {
  to.onClick(ids.beginClosing, packedId, async ({ actor, carried: about, open, answer }) => {
    const found = await readReport(deps, actor, about);
    if (found.kind === 'not-allowed') return answer(notTheirs);
    if (found.kind !== 'report') return answer(nothingYet);
    const zone = zoneOf(deps, actor);
    if (found.closed) return answer(closedAnswer({ kind: 'closed', found, isNew: false }, zone));
    await open(closingView(found, await notInIt(deps, found)));
  });
  to.onClick(ids.close, packedMark, async ({ actor, carried: { about, mark }, replace }) => {
    const outcome = await closeReport(deps, actor, about, mark);
    if (outcome.kind === 'not-allowed') return replace(asModal(notTheirs));
    if (outcome.kind === 'nothing-yet') return replace(asModal(nothingYet));
    if (outcome.kind === 'changed')
      return replace(closingView(outcome.found, await notInIt(deps, outcome.found), true));
    await turnTo(deps, actor, aboutOf(outcome.found));
    await replace(asModal(closedAnswer(outcome, zoneOf(deps, actor))));
  });
}

/** What is not in the report yet, and would not be in it. */
const notInIt = async (
  deps: EvaluationDeps,
  { cohort, report: { from, until } }: ReadReport & { kind: 'report' },
): Promise<NotInIt> => ({
  open: stillAsked(await deps.askedIn(deps.db, cohort.id)),
  asksForWords: await deps.asksForWords({ cohortId: cohort.id, from, until }),
});

function listenToPlan(to: Routes, deps: EvaluationDeps): void {
  const read = async (cohortId: string): Promise<StageSeen[]> => {
    const cohort = await findCohort(deps.db, cohortId);
    return cohort ? readPlan(deps, deps.db, cohort, todayOf(deps)) : [];
  };
  to.onClick(ids.plan, packedId, async ({ actor, carried: cohortId, open, answer }) => {
    const cohort = await findCohort(deps.db, cohortId);
    if (!cohort || !may(actor, 'checkins.schedule', { cohortId })) return answer(planNotTheirs);
    if (cohort.isArchived) return answer(planArchived(cohort));
    const plan = await read(cohortId);
    if (!plan.some(({ is }) => is === 'missing')) return answer(nothingMissing);
    await open(planView(plan, cohort));
  });
  to.onSend(planForm, async ({ actor, carried: cohortId, values, refuse, answer }) => {
    const outcome = await scheduleMissing(deps, actor, cohortId, values.later);
    if (outcome.kind === 'not-allowed') return answer(planNotTheirs);
    if (outcome.kind === 'problem') return refuse(outcome.words);
    await answer(scheduledAnswer(await read(cohortId), outcome.made));
  });
}

/** A report, one screen at a time, and the groups of which there is one. */
export const reportPages = (deps: EvaluationDeps): HomePage[] => [
  {
    id: reportPageId,
    async blocks({ actor, zone }, value): Promise<KnownBlock[] | undefined> {
      const at = packedScreen.open(value);
      const found = at && (await readReport(deps, actor, at.about));
      if (!found || found.kind === 'not-allowed') return undefined;
      const plan = await readPlan(deps, deps.db, found.cohort, todayOf(deps));
      return reportPage(found, { screen: at.screen, plan, zone });
    },
  },
  {
    id: listPageId,
    async blocks({ actor, zone }, value): Promise<KnownBlock[] | undefined> {
      if (!mayReport(actor)) return undefined;
      return listBlocks(await listReportable(deps, actor), wantedPage(value), zone);
    },
  },
];
