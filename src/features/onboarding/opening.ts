import type { View } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Actor } from '../../community/permissions.ts';
import type { OnboardingDeps } from './deps.ts';
import { findJourney } from './store.ts';

type Where = { trigger_id: string; view?: { type: string } };

/** @see https://docs.slack.dev/surfaces/modals: a modal opened from a modal lies on top of it. */
export async function openOrPush(body: Where, client: WebClient, view: View): Promise<void> {
  if (body.view?.type === 'modal') await client.views.push({ trigger_id: body.trigger_id, view });
  else await client.views.open({ trigger_id: body.trigger_id, view });
}

export const hasAgreed = async (deps: OnboardingDeps, actor: Actor): Promise<boolean> =>
  (await findJourney(deps.db, actor.person.id))?.agreementVersion !== undefined;
