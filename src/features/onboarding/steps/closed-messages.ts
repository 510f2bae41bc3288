import { findPerson } from '../../../community/people.ts';
import { describeError } from '../../../lib/log.ts';
import type { Message } from '../../../outbox/outbox.ts';
import type { OnboardingDeps } from '../deps.ts';
import { findJourney } from '../store.ts';
import { answeredAgain, answeredAnew, answeredWelcome } from '../welcome/views.ts';
import { agreementKey, welcomedAs, welcomeKeys } from '../welcome/welcomed.ts';
import { isOver } from './journey.ts';
import { viewJourney } from './journey-view.ts';
import { findSent } from './store.ts';
import { stepReceipt } from './views.ts';

export type ClosedMessages = {
  /** A step was closed somewhere else than in its message: the message says so too, instead of asking on. */
  stepClosed(personId: string, stepId: string): void;
  /** The agreement was answered: no message asks for that answer any more. */
  agreementAnswered(personId: string): void;
  settled(): Promise<void>;
};

/** Beside whatever is being answered, and never its trouble: a message that cannot be changed stays as it is. */
export function createClosedMessages(deps: OnboardingDeps): ClosedMessages {
  const running = new Set<Promise<void>>();

  async function put(key: string, { text, blocks }: Pick<Message, 'text' | 'blocks'>): Promise<void> {
    const sent = await findSent(deps.db, key);
    if (sent) await deps.client.chat.update({ ...sent, text, blocks });
  }

  async function answered(personId: string): Promise<void> {
    const { db, journey: content } = deps;
    const journey = await findJourney(db, personId);
    const person = await findPerson(db, personId);
    if (!journey || !person || (journey.status === 'met' && journey.agreementVersion === undefined)) return;
    const said = journey.status === 'declined' ? 'declined' : 'agreed';
    const keys = welcomeKeys(journey.id);
    const welcome = answeredWelcome(content, person, await welcomedAs(db, person), said);
    for (const key of [keys.first, keys.retried]) await put(key, welcome);
    await put(keys.asked, answeredAgain(content, said));
    await put(agreementKey(journey.id, content.agreement.version), answeredAnew(said));
  }

  async function change(personId: string, stepId: string): Promise<void> {
    const { db } = deps;
    const person = await findPerson(db, personId);
    const view = person && (await viewJourney(db, deps, person));
    const found = view?.steps.find(({ step }) => step.id === stepId);
    if (!view || !found?.held.offerKey || !isOver(found.held.status)) return;
    const { offerKey, status } = found.held;
    const as = status === 'skipped' ? 'skipped' : 'done';
    await put(offerKey, stepReceipt({ kind: 'closed', as, step: found.step, view }));
  }

  const beside = (changing: Promise<void>): void => {
    const work = changing
      .catch((error: unknown) => deps.log.warn(describeError(error), 'A message stays as it was'))
      .finally(() => running.delete(work));
    running.add(work);
  };

  return {
    stepClosed: (personId, stepId) => beside(change(personId, stepId)),
    agreementAnswered: (personId) => beside(answered(personId)),
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
