import { findPerson } from '../../../community/people.ts';
import { describeError } from '../../../lib/log.ts';
import { listSent } from '../../../outbox/sent.ts';
import type { OnboardingDeps } from '../deps.ts';
import { isOver } from './journey.ts';
import { viewJourney } from './journey-view.ts';
import { stepReceipt } from './views.ts';

export type ClosedMessages = {
  /** A step was closed somewhere else than in its message: the message says so too, instead of asking on. */
  stepClosed(personId: string, stepId: string): void;
  settled(): Promise<void>;
};

/** Beside whatever is being answered, and never its trouble: a message that cannot be changed stays as it is. */
export function createClosedMessages(deps: OnboardingDeps): ClosedMessages {
  const running = new Set<Promise<void>>();

  async function change(personId: string, stepId: string): Promise<void> {
    const { db, client } = deps;
    const person = await findPerson(db, personId);
    const view = person && (await viewJourney(db, deps, person));
    const found = view?.steps.find(({ step }) => step.id === stepId);
    if (!view || !found?.held.offerKey || !isOver(found.held.status)) return;
    const { offerKey, status } = found.held;
    const [sent] = await listSent(db, [offerKey]);
    if (!sent) return;
    const as = status === 'skipped' ? 'skipped' : 'done';
    const { text, blocks } = stepReceipt({ kind: 'closed', as, step: found.step, view });
    await client.chat.update({ channel: sent.channel, ts: sent.ts, text, blocks });
  }

  return {
    stepClosed(personId, stepId) {
      const work = change(personId, stepId)
        .catch((error: unknown) => deps.log.warn(describeError(error), 'A step’s message stays as it was'))
        .finally(() => running.delete(work));
      running.add(work);
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
