import { days, later } from '../../../lib/clock.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { forEach } from '../../../scheduler/each.ts';
import type { Job } from '../../feature.ts';
import type { PeopleDeps } from '../deps.ts';
import { topicOf } from './ask.ts';
import {
  deleteAsked,
  deleteEnded,
  findQuestion,
  listToEnd,
  listToOffer,
  recordEnded,
  recordOffered,
} from './store.ts';
import { nobodyMessage } from './views.ts';

/** Whoever asked and heard of nobody is offered, once, to ask everybody. */
export const offerForum = (deps: PeopleDeps): Job => ({
  name: 'people.offer-forum',
  async run(now) {
    const { db, vault, clock, log, reach, forumChannel, timeZone } = deps;
    await forEach(log, 'people.offer-forum', await listToOffer(db, now), async ({ id, personId }) => {
      await db.transaction().execute(async (trx) => {
        const question = await findQuestion(trx, vault, id);
        if (!question || !(await recordOffered(trx, id, now))) return;
        await enqueue(trx, clock, {
          idempotencyKey: `people.nobody:${id}`,
          kind: 'people.nobody',
          topic: topicOf(id),
          to: { personId },
          message: nobodyMessage(question, forumChannel !== undefined, timeZone),
          sendAfter: await reach.nextAllowed(trx, personId, now),
          expiresAt: question.endsAt,
        });
      });
    });
  },
});

/** After a week it is over: whom it was put to is forgotten at once, and some days later that it was asked. */
export const endQuestions = ({ db, log, retention }: PeopleDeps): Job => ({
  name: 'people.end-questions',
  async run(now) {
    await forEach(log, 'people.end-questions', await listToEnd(db, now), async (id) => {
      await db.transaction().execute(async (trx) => {
        await recordEnded(trx, id, now);
        await deleteAsked(trx, { questionId: id });
      });
    });
    await deleteEnded(db, later(now, -days(retention['people-questions'].days)));
  },
});
