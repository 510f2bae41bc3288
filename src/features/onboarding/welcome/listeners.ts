import type { View } from '@slack/types';
import type { Actor } from '../../../community/permissions.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { OnboardingDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { findJourney } from '../store.ts';
import { agree, decline, isAgreementDue } from './agreement.ts';
import { agreementModal, agreementWindow, alreadyAgreedModal, declinedAnswer, noticeModal } from './views.ts';

/** The privacy notice, and the agreement: yes, no, and again when it has changed. */
export function listenToWelcome(to: Routes, deps: OnboardingDeps): void {
  const { journey: content } = deps;

  to.onClick(ids.readNotice, ({ open }) => open(noticeModal(content)));

  to.onClick(ids.readAgreement, async ({ actor, open }) => open(await agreementFor(deps, actor)));

  to.onSend(agreementWindow, async ({ actor, show, close }) => {
    const { person } = actor;
    const outcome = await agree(deps, actor);
    if (outcome.kind !== 'not-allowed') deps.agreementAnswered?.(person.id);
    if (outcome.kind === 'agreed-again') await deps.did(person.id, { kind: 'agreed' });
    if (outcome.kind !== 'began') {
      await show(alreadyAgreedModal(content));
      return;
    }
    await deps.did(person.id, { kind: 'agreed' });
    // The receipt comes in their conversation, where it stays: in the window as well, it would be said twice.
    await close();
    await deps.sendNow(outcome.receipt);
  });

  to.onClick(ids.decline, async ({ actor, answer }) => {
    const outcome = await decline(deps, actor);
    if (outcome.kind !== 'declined') return;
    deps.agreementAnswered?.(actor.person.id);
    await answer(declinedAnswer(outcome.hadBegun));
  });
}

/** The agreement, to be answered where it is not yet. */
export async function agreementFor(deps: OnboardingDeps, { person }: Actor): Promise<View> {
  const { db, journey: content } = deps;
  const journey = await findJourney(db, person.id);
  const isAgain = journey !== undefined && isAgreementDue(deps, journey);
  const isSettled = journey?.agreementVersion === content.agreement.version;
  return isSettled ? alreadyAgreedModal(content) : agreementModal(content, { isAgain });
}
