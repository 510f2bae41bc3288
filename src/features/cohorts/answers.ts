import type { Button } from '@slack/types';
import { type Action, type Actor, may } from '../../community/permissions.ts';
import type { Answer } from '../../slack/answer.ts';
import type { Mrkdwn } from '../../slack/text.ts';
import type { CohortsDeps } from './deps.ts';
import { listMembers } from './members/store.ts';
import { readDetails, readGroups } from './read.ts';
import { cohortCard, groupList, notAllowed } from './views.ts';

/** A group is no larger; of one that is, organisations are counted among so many. */
const mostCounted = 500;

/** What `/chatr groups` answers, and every way back to it. */
export const groupsAnswer = async (deps: CohortsDeps, actor: Actor, page: number): Promise<Answer> =>
  groupList(await readGroups(deps, actor, page), deps.vocabulary);

/** The card of a group, or that it is not theirs. @param receipt what came of something; `undo` takes it back. */
export async function cardAnswer(
  deps: CohortsDeps,
  actor: Actor,
  cohortId: string,
  receipt?: Mrkdwn,
  undo?: Button,
): Promise<Answer> {
  const details = await readDetails(deps, actor, cohortId);
  if (!details) return notAllowed;
  const theirs = <One extends { needs: Action }>(all: readonly One[] = []) =>
    all.filter(({ needs }) => may(actor, needs, { cohortId }));
  const buttons = { cardButtons: theirs(deps.cardButtons), footButtons: theirs(deps.footButtons) };
  const members = await listMembers(deps.db, cohortId, { offset: 0, limit: mostCounted });
  const across = await deps.countAcross?.(members.map(({ id }) => id));
  return cohortCard(details, deps.vocabulary, receipt && { text: receipt, undo }, buttons, across);
}
