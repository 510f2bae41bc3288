import { findPerson } from '../../../community/people.ts';
import { describeError, slackCode } from '../../../lib/log.ts';
import type { Message } from '../../../outbox/outbox.ts';
import { listSent, listSentOf } from '../../../outbox/sent.ts';
import type { OnboardingDeps } from '../deps.ts';
import { findJourney } from '../store.ts';
import { answeredAgain, answeredAnew, answeredWelcome } from '../welcome/views.ts';
import { welcomedAs, welcomeKinds } from '../welcome/welcomed.ts';
import { isOver } from './journey.ts';
import { type JourneyView, viewJourney } from './journey-view.ts';
import type { StepOutcome } from './steps.ts';
import { listMessageKeys } from './store.ts';
import { stepReceipt } from './views.ts';

export type ClosedMessages = {
  /** A step was done, skipped or put off: every message about it says so, instead of asking on. */
  stepClosed(personId: string, stepId: string): void;
  /** The agreement was answered: no message asks for that answer any more. */
  agreementAnswered(personId: string): void;
  settled(): Promise<void>;
};

/** Beside whatever is being answered, and never its trouble: a message that cannot be changed stays as it is. */
export function createClosedMessages(deps: OnboardingDeps): ClosedMessages {
  const running = new Set<Promise<void>>();

  async function put(
    sent: { channel: string; ts: string } | undefined,
    { text, blocks }: Pick<Message, 'text' | 'blocks'>,
  ): Promise<void> {
    if (sent) await deps.client.chat.update({ channel: sent.channel, ts: sent.ts, text, blocks });
  }

  async function remove({ channel, ts }: { channel: string; ts: string }): Promise<void> {
    await deps.client.chat.delete({ channel, ts }).catch((error: unknown) => {
      if (slackCode(error) !== 'message_not_found') throw error;
    });
  }

  async function answered(personId: string): Promise<void> {
    const { db, journey: content } = deps;
    const journey = await findJourney(db, personId);
    const person = await findPerson(db, personId);
    if (!journey || !person || (journey.status === 'met' && journey.agreementVersion === undefined)) return;
    const said = journey.status === 'declined' ? 'declined' : 'agreed';
    const [first, ...again] = await listSentOf(db, { personId, kinds: welcomeKinds });
    await put(first, answeredWelcome(content, await welcomedAs(db, person), said));
    for (const one of again) await put(one, answeredAgain(content, said));
    for (const one of await listSentOf(db, { personId, kinds: ['onboarding.agreement'] }))
      await put(one, answeredAnew(said));
  }

  async function change(personId: string, stepId: string): Promise<void> {
    const { db } = deps;
    const person = await findPerson(db, personId);
    const view = person && (await viewJourney(db, deps, person));
    const found = view?.steps.find(({ step }) => step.id === stepId);
    const stands = view && found && standing(view, found);
    if (!stands) return;
    const all = await listSent(db, await listMessageKeys(db, view.journey.id, stepId));
    // Said once, where they look: in the newest of them; the older ones go. Slack numbers a conversation's messages in their order.
    const sent = all.toSorted((one, other) => Number(one.ts) - Number(other.ts));
    for (const [index, one] of sent.entries())
      if (index === sent.length - 1) await put(one, stepReceipt(stands));
      else await remove(one);
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

/** What a step's messages should say by now; undefined: ask on. */
function standing(view: JourneyView, { step, held }: JourneyView['steps'][number]): StepOutcome | undefined {
  if (isOver(held.status))
    return { kind: 'closed', as: held.status === 'skipped' ? 'skipped' : 'done', step, view };
  // "Not now" was answered with the day on which it comes back.
  return held.status === 'waiting' && held.offer ? { kind: 'snoozed', step, until: held.dueOn } : undefined;
}
