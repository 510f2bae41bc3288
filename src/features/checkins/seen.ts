import type { KnownBlock } from '@slack/types';
import type { Person } from '../../community/people.ts';
import { section } from '../../slack/blocks.ts';
import { mrkdwn, sayDay } from '../../slack/text.ts';
import type { Onlooker } from '../feature.ts';
import { listOwn } from './answering/store.ts';
import { listRoundsOf } from './asking/store.ts';
import type { CheckInDeps } from './deps.ts';
import { mayRead } from './readers.ts';
import { namedResult } from './results/results.ts';
import { namedBlocks } from './results/views.ts';

/** What they answered under their name, to whoever may read it. Of other check-ins nobody sees what one person answered. */
export async function seenOfAnswers(
  { db, vault, timeZone }: Pick<CheckInDeps, 'db' | 'vault' | 'timeZone'>,
  person: Person,
  { actor, cohort }: Onlooker,
): Promise<KnownBlock[]> {
  const rounds = (await listRoundsOf(db, person.id, ['answered'])).filter(
    ({ round, cohortId }) =>
      round.definition.mode === 'named' &&
      (cohort === undefined || cohort.id === cohortId) &&
      mayRead(actor, cohortId),
  );
  const blocks: KnownBlock[] = [];
  for (const { round } of rounds) {
    const { answers } = await listOwn(db, vault, round.id, person.id);
    blocks.push(
      section(mrkdwn`*${round.definition.label}* \u00b7 ${sayDay(round.dueAt, timeZone)}, under your name:`),
    );
    for (const question of round.definition.questions) {
      const result = namedResult(question, answers, new Map([[person.id, person.displayName]]));
      if (result.kind !== 'named' || result.answers.length === 0) continue;
      blocks.push(section(mrkdwn`${question.text}`), ...result.answers.flatMap(namedBlocks));
    }
  }
  return blocks;
}
