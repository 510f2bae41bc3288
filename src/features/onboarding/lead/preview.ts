import { listHumansFor } from '../../../community/cohorts.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { newId } from '../../../lib/random.ts';
import { enqueue, type Message } from '../../../outbox/outbox.ts';
import { type OnboardingDeps, openableSteps } from '../deps.ts';
import { stepMessage } from '../steps/views.ts';
import { welcomeMessage } from '../welcome/views.ts';

/**
 * Sends one step, the welcome, or all of it ('all') to whoever asked, as newcomers get it. Through the outbox, one after
 * another; nothing of it counts for their own journey.
 * @returns how many messages are on the way; undefined when they may not.
 */
export async function previewWanted(
  deps: OnboardingDeps,
  actor: Actor,
  wanted: string,
): Promise<number | undefined> {
  const { db, clock } = deps;
  const { person } = actor;
  if (!may(actor, 'onboarding.preview')) return undefined;
  const steps = openableSteps(deps).filter((step) => wanted === 'all' || step.id === wanted);
  const messages: Message[] = steps.map((step) => stepMessage(deps, step, { isPreview: true }));
  if (wanted === 'all' || wanted === 'welcome')
    messages.unshift(
      welcomeMessage(deps.journey, person, await listHumansFor(db, person.id), { isPreview: true }),
    );
  const occasion = newId(clock);
  await db.transaction().execute(async (trx) => {
    for (const [index, message] of messages.entries())
      await enqueue(trx, clock, {
        idempotencyKey: `onboarding:preview:${person.id}:${occasion}:${index}`,
        kind: 'onboarding.preview',
        to: { personId: person.id },
        message,
        sendAfter: clock.now(),
      });
  });
  return messages.length;
}
