import { findPerson } from '../../community/people.ts';
import { enqueue } from '../../outbox/outbox.ts';
import { forEach } from '../../scheduler/each.ts';
import type { Job } from '../feature.ts';
import { nextReturn } from './coming-back.ts';
import { type IntentionDeps, zoneOf } from './deps.ts';
import { returnKey } from './look-back.ts';
import { listDue, recordReturn } from './store.ts';
import { lookBackMessage } from './views.ts';

/** What is due comes back to whoever noted it. Whoever may not be asked just now is not asked later instead. */
export const comeBack = (deps: IntentionDeps): Job => ({
  name: 'intentions.come-back',
  async run(now) {
    const { db, clock, log, reach } = deps;
    await forEach(log, 'intentions.come-back', await listDue(db, now), async (due) => {
      await db.transaction().execute(async (trx) => {
        const person = await findPerson(trx, due.personId);
        if (!person) return;
        const next = nextReturn(due.notedOn, due.returns + 1, now, zoneOf(deps, person));
        if (!(await recordReturn(trx, due, next))) return;
        if (!(await reach.mayBeAsked(trx, person.id))) return;
        await enqueue(trx, clock, {
          idempotencyKey: returnKey(due.id, due.returns + 1),
          kind: 'intentions.look-back',
          to: { personId: person.id },
          message: lookBackMessage(due, { isLast: next === undefined }),
          sendAfter: await reach.nextAllowed(trx, person.id, now),
        });
      });
      deps.homeChanged(due.personId);
    });
  },
});
